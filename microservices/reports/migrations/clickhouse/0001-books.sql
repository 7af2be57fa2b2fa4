-- The books on ClickHouse: the two tables of the columns beside them. Nothing is ever updated: what
-- came twice, and what was cancelled, is a row with the same sorting key, of which FINAL reads the one
-- that is cancelled, or any. So it does not matter how often or in which order events come.

CREATE TABLE IF NOT EXISTS orders (
  order_id  String,
  placed_at String,
  cancelled UInt8
) ENGINE = ReplacingMergeTree(cancelled) ORDER BY order_id;

-- `first_of_category`: the first line of its order in its category. Counting these counts orders.
CREATE TABLE IF NOT EXISTS order_lines (
  order_id          String,
  line              UInt16,
  day               Date,
  product_id        String,
  name              String,
  category          String,
  first_of_category UInt8,
  quantity          Int32,
  unit_price_cents  Int64,
  cancelled         UInt8
) ENGINE = ReplacingMergeTree(cancelled) ORDER BY (order_id, line);

CREATE TABLE IF NOT EXISTS seen_events (
  event_id String
) ENGINE = ReplacingMergeTree ORDER BY event_id;
