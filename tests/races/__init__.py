"""Two at once: every pair of deeds that touch the same money or the same months, in every order of their steps."""
