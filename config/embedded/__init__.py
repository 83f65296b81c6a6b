"""A real PostgreSQL and a real Valkey from Python wheels, for a machine that has neither.

Never in production, and never started where DATABASE_URL or REDIS_URL say that there are others.

An *instance* is a database cluster and a broker with data of their own. There are two: `house`, used by
`make run` and by management commands, and `tests`, which does not flush to disk. Whoever needs an instance
holds it; the last to leave stops it. Holders that died are noticed: the kernel drops their lock.
"""
