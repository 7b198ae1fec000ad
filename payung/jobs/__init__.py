"""Work behind the scenes: jobs with progress, retry and resumption, and what happens by the clock.

A module names its jobs in its `tasks.py`; whoever wants one done calls `services.enqueue`. This module knows no domain.
"""
