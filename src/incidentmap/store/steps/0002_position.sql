-- A location has two points: where its named place is (the anchor) and where the words put the incident (lon, lat: drawn, and
-- searched by windows). Until now there was the anchor alone; the incident lay there, on an axis in the middle of its ends.
ALTER TABLE locations ADD COLUMN anchor_lon REAL NOT NULL DEFAULT 0;
ALTER TABLE locations ADD COLUMN anchor_lat REAL NOT NULL DEFAULT 0;
UPDATE locations SET anchor_lon = lon, anchor_lat = lat;
UPDATE locations SET
    lon = (json_extract(line, '$[0][0]') + json_extract(line, '$[#-1][0]')) / 2,
    lat = (json_extract(line, '$[0][1]') + json_extract(line, '$[#-1][1]')) / 2
WHERE json_array_length(line) > 1;
