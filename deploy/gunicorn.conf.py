"""Configuration of gunicorn. Values come from the environment (.env.example); settings.py has loaded .env before."""

import os

from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "emulation.settings")
assert settings.BASE_DIR  # loads .env before the lines below read the environment

host = os.environ.get("HOST") or "127.0.0.1"
bind = f"{f'[{host}]' if ':' in host else host}:{os.environ.get('PORT') or '8000'}"
workers = int(os.environ.get("WEB_WORKERS") or 2)
worker_class = "sync"  # psycopg2 has no connection pool: one process, one persistent connection
preload_app = True  # workers share the memory of imported modules
timeout = 60
graceful_timeout = 20
keepalive = 5
max_requests = 5000
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS") or "127.0.0.1"
control_socket_disable = True
accesslog = "-" if os.environ.get("ACCESS_LOG") else None
errorlog = "-"
loglevel = "warning"
limit_request_line = 8190
