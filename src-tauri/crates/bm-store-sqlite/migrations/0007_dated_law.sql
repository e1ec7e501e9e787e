-- Codes and gates may have several rows, one after the other: the key of a row ends with its first
-- day. A code entered without one holds since always.
UPDATE law SET key = key || '/1970-01-01' WHERE key LIKE 'goods/%' AND key NOT LIKE 'goods/%/%';
UPDATE law SET key = key || '/' || json_extract(body, '$.row.validity.from')
    WHERE key LIKE 'gate/%' AND key NOT LIKE 'gate/%/%';
UPDATE law SET key = 'vat/' || json_extract(body, '$.row.class') || substr(key, instr(substr(key, 5), '/') + 4)
    WHERE key LIKE 'vat/%';
