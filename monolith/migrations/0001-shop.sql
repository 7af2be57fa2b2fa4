-- The shop's one database: every feature's tables side by side, and any feature may join them.

CREATE TABLE products (
  id          TEXT PRIMARY KEY,
  name        TEXT NOT NULL,
  category    TEXT NOT NULL,
  description TEXT NOT NULL,
  price_cents BIGINT NOT NULL
);

CREATE TABLE stock (
  product_id TEXT PRIMARY KEY,
  initial    INTEGER NOT NULL,
  available  INTEGER NOT NULL CHECK (available >= 0)
);

CREATE TABLE orders (
  id              TEXT PRIMARY KEY,
  customer_id     TEXT NOT NULL,
  status          TEXT NOT NULL,
  total_cents     BIGINT NOT NULL,
  placed_at       TEXT NOT NULL,
  problem         TEXT,
  idempotency_key TEXT NOT NULL UNIQUE,
  fingerprint     TEXT NOT NULL
);
CREATE INDEX orders_by_customer ON orders (customer_id, id);
CREATE INDEX orders_placed ON orders (placed_at) WHERE status = 'placed';

CREATE TABLE order_lines (
  order_id         TEXT NOT NULL REFERENCES orders (id),
  line             INTEGER NOT NULL,
  product_id       TEXT NOT NULL,
  name             TEXT NOT NULL,
  category         TEXT NOT NULL,
  quantity         INTEGER NOT NULL,
  unit_price_cents BIGINT NOT NULL,
  PRIMARY KEY (order_id, line)
);

CREATE TABLE payments (
  order_id     TEXT PRIMARY KEY REFERENCES orders (id),
  amount_cents BIGINT NOT NULL,
  status       TEXT NOT NULL,
  charged_at   TEXT NOT NULL
);

CREATE TABLE notifications (
  id          TEXT PRIMARY KEY,
  customer_id TEXT NOT NULL,
  order_id    TEXT NOT NULL,
  kind        TEXT NOT NULL,
  text        TEXT NOT NULL,
  sent_at     TEXT NOT NULL
);
CREATE INDEX notifications_by_customer ON notifications (customer_id, id);
