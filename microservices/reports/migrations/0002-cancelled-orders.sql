-- A queue may bring a cancellation before the sale that it cancels: that sale must not be entered then.

CREATE TABLE cancelled_orders (
  order_id TEXT PRIMARY KEY
);
