-- Whom to call when an order is confirmed or rejected, how often that was tried, and how it ended.

CREATE TABLE order_callbacks (
  order_id TEXT PRIMARY KEY REFERENCES orders (id),
  url      TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_at  TEXT NOT NULL,
  outcome  TEXT
);
CREATE INDEX order_callbacks_due ON order_callbacks (next_at) WHERE outcome IS NULL;
