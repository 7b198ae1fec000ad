"""Letters to people: written into an outbox with the work that causes them, sent afterwards by a job.

Templates are Indonesian with an English catalogue. No message ever holds a NIK.
"""
