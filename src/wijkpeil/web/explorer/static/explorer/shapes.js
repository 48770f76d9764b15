// Turns the shapes that the server sends (every border once, in whole numbers) into what the map draws.
export function decoded(sent) {
  const [west, south, east, north] = sent.box;
  const wide = (east - west) / sent.steps, high = (north - south) / sent.steps;
  const arcs = sent.arcs.map((flat) => {
    const line = new Array(flat.length / 2);
    let x = 0, y = 0;
    for (let i = 0; i < flat.length; i += 2) {
      x += flat[i]; y += flat[i + 1];
      line[i / 2] = [west + x * wide, south + y * high];
    }
    return line;
  });
  const ring = (numbers) => {
    const places = [];
    for (const number of numbers) {
      const line = number < 0 ? arcs[~number].toReversed() : arcs[number];
      for (let i = places.length ? 1 : 0; i < line.length; i += 1) places.push(line[i]);
    }
    const [first, last] = [places[0], places[places.length - 1]];
    if (first[0] !== last[0] || first[1] !== last[1]) places.push(first);
    return places;
  };
  const boxes = [];
  const features = sent.areas.map((polygons, id) => {
    const coordinates = polygons.map((rings) => rings.map(ring));
    boxes.push(boxOf(coordinates));
    return { type: "Feature", id, properties: {}, geometry: { type: "MultiPolygon", coordinates } };
  });
  return { collection: { type: "FeatureCollection", features }, boxes };
}

function boxOf(polygons) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const rings of polygons) for (const [x, y] of rings[0]) {
    if (x < box[0]) box[0] = x;
    if (y < box[1]) box[1] = y;
    if (x > box[2]) box[2] = x;
    if (y > box[3]) box[3] = y;
  }
  return box;
}

export function around(boxes) {
  return boxes.reduce((all, one) => [Math.min(all[0], one[0]), Math.min(all[1], one[1]), Math.max(all[2], one[2]), Math.max(all[3], one[3])]);
}
