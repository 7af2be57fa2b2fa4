-- The orders service's own database. Products, stock and payments are elsewhere: ids only, no joins.

CREATE TABLE orders (
  id              TEXT PRIMARY KEY,
  customer_id     TEXT NOT NULL,
  status          TEXT NOT NULL,
  total_cents     BIGINT NOT NULL,
  placed_at       TEXT NOT NULL,
  problem         TEXT,
  idempotency_key TEXT NOT NULL UNIQUE,
  fingerprint     TEXT NOT NULL,
  moved_at        TEXT NOT NULL,
  undone          INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX orders_by_customer ON orders (customer_id, id);
CREATE INDEX orders_placed ON orders (placed_at) WHERE status = 'placed';
CREATE INDEX orders_not_undone ON orders (moved_at)
  WHERE status IN ('rejected', 'cancelled') AND undone = 0;

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

CREATE TABLE outbox (
  event_id TEXT NOT NULL,
  follower TEXT NOT NULL,
  event    TEXT NOT NULL,
  PRIMARY KEY (follower, event_id)
);
