"""Pages of protection: the three figures, the map, who falls off, what closes the gap; and the letters behind them."""
