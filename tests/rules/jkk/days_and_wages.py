"""What may be given to a rule of JKK: days on which there is a law, wages, costs, losses a body can have."""

from datetime import date

from hypothesis import strategies as st

from payung.rules.jkk import figures
from payung.rules.jkk.bagian import Bagian
from payung.rules.jkm.anak import Anak, Jenjang

TODAY = date(2026, 1, 5)
EVE_OF_PP_82, DAY_OF_PP_82 = date(2019, 12, 1), date(2019, 12, 2)
days = st.dates(date(2015, 7, 1), date(2035, 12, 31))
days_of_pp_82 = st.dates(DAY_OF_PP_82, date(2035, 12, 31))
wages = st.integers(0, 60_000_000)
children = st.lists(st.builds(Anak, st.sampled_from(Jenjang), st.integers(1, 8)), max_size=4).map(tuple)
costs = st.integers(0, 500_000_000)
TABLE = figures.TABEL_CACAT.values[0].value
parts = st.sampled_from([part for part in Bagian if part is not Bagian.KULIT_KEPALA])
losses = (
    st.lists(parts, max_size=8)
    .filter(lambda lost: all(lost.count(part) <= (TABLE[part].paling_banyak or len(lost)) for part in lost))
    .map(tuple)
)
