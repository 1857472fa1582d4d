"""Gunicorn in production. WEB_CONCURRENCY, which Gunicorn reads itself, sets the workers."""

bind = "0.0.0.0:8000"
worker_class = "gthread"
threads = 4
preload_app = True  # a cold worker's first request would take more than a second
timeout = 60
max_requests = 5000
max_requests_jitter = 500
accesslog = None
control_socket_disable = True
