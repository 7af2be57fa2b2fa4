-- The payments service's own database.

CREATE TABLE payments (
  order_id        TEXT PRIMARY KEY,
  amount_cents    BIGINT NOT NULL,
  status          TEXT NOT NULL,
  charged_at      TEXT NOT NULL,
  idempotency_key TEXT NOT NULL UNIQUE,
  fingerprint     TEXT NOT NULL
);
