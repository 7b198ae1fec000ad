"""The way in on pages: verification, Dukcapil, BPJS, determination, wadah, batches, slips, and the way out."""
