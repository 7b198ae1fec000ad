"""The ground under the data: bulk writes, paging by key, tables that only grow, files kept by their hash."""
