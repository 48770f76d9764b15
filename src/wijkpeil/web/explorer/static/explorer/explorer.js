// The movable map: shapes are fetched once per level, a choice only fetches its values. Everything is in the address.
const root = document.getElementById("verkenner");
const form = document.querySelector("form.filters");
const texts = JSON.parse(root.dataset.texts);
const field = (name) => form.elements[name];
const CALM = matchMedia("(prefers-reduced-motion: reduce)").matches;
const COLOURS = ["is-absent", ...[1, 2, 3, 4, 5, 6, 7].map((n) => `of-class-${n}`),
  "of-behind-3", "of-behind-2", "of-behind-1", "of-level", "of-ahead-1", "of-ahead-2", "of-ahead-3",
  "is-catching_up", "is-steady", "is-falling_behind", "is-cannot_tell", "is-not_judged"];
const POINTED = ["areas", "spots"];
const FONT = ['"Source Sans 3"'];
const colourOf = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--wp-${name.replace(/^(of|is)-/, "").replaceAll("_", "-")}`).trim();
const levels = new Map();
let map, words, decode, drawnLevel = null, sent = null, playing = null, pointed = null, asked = 0;

form.addEventListener("submit", (event) => { event.preventDefault(); show(); });
const first = json(root.dataset.first);
start().catch(() => fallBack());

async function start() {
  const place = placeOf();
  const [maplibre, shapes, said] = await Promise.all([
    import(root.dataset.maplibre), import(root.dataset.shapes), import(root.dataset.words),
    fetchLevel(field("niveau").value), document.fonts.load(`48px ${FONT[0]}`)]);
  decode = shapes; words = said.said;
  maplibre.setWorkerUrl(new URL(root.dataset.worker, location.href).href);
  performance.mark("geladen");
  root.hidden = false;
  const level = ready(field("niveau").value);
  map = new maplibre.Map({
    container: "kaart", style: style(), bounds: place ? undefined : decode.around(level.boxes), fitBoundsOptions: { padding: 16 },
    ...(place ?? {}), attributionControl: false, dragRotate: false, pitchWithRotate: false, touchPitch: false, fadeDuration: 0,
    maxZoom: 16, renderWorldCopies: false, locale: texts.locales });
  map.touchZoomRotate.disableRotation();
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
  map.getCanvas().addEventListener("keydown", (event) => { if (event.key === "Enter") open(pointed); });
  map.on("mousemove", POINTED, (event) => point(event.features[0]?.id));
  map.on("mouseleave", POINTED, () => point(null));
  map.on("click", POINTED, (event) => open(event.features[0]?.id));
  map.on("moveend", moved);
  form.addEventListener("change", show);
  document.getElementById("speel").addEventListener("click", play);
  document.getElementById("als-tabel").addEventListener("toggle", list);
  for (const scheme of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) matchMedia(scheme).addEventListener("change", recolour);
  await new Promise((done) => map.once("style.load", done));
  patterns();
  await show();
  if (!place && field("gemeente").value) toGemeente();
  map.once("idle", () => { root.dataset.painted = "ja"; performance.mark("kaart-staat-er"); orient(); });
}

// Shapes: fetched once per level, kept decoded.
async function fetchLevel(name) {
  if (!levels.has(name)) levels.set(name, { sent: await json(texts.shapes[name]) });
  return levels.get(name);
}

function ready(name) {
  const level = levels.get(name);
  if (!level.boxes) Object.assign(level, decode.decoded(level.sent));
  return level;
}

async function json(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(address);
  return answer.json();
}

// A choice: fetch its values, colour the areas, say what is shown.
async function show(event) {
  if (field("wat").value === "oordeel" && texts.shapes.programmagebied) field("niveau").value = "programmagebied";
  if (event?.target) stop();
  if (event?.target === field("gemeente")) toGemeente();
  offerComparators();
  const began = performance.now(), mine = ++asked, name = field("niveau").value;
  const query = new URLSearchParams(["indicator", "wat", "niveau", "periode", "vergelijking"].map((one) => [one, field(one).value]));
  try {
    const [values] = await Promise.all([sent ? json(`${texts.values}?${query}`) : first, fetchLevel(name)]);
    if (mine !== asked) return;
    sent = values;
  } catch {
    document.getElementById("toelichting").textContent = texts.unknown;
    return;
  }
  draw(name);
  paint();
  tell();
  keep();
  root.dataset.took = String(Math.round(performance.now() - began));
}

function draw(name) {
  const level = ready(name);
  if (drawnLevel === name) return;
  if (drawnLevel === null) {
    map.addSource("areas", { type: "geojson", data: level.collection, tolerance: 0.6, buffer: 16, maxzoom: 14 });
    map.addSource("pointed", { type: "geojson", data: { type: "FeatureCollection", features: [] } });
    map.addSource("spots", { type: "geojson", data: { type: "FeatureCollection", features: [] } });
    for (const layer of layers()) map.addLayer(layer);
  } else {
    map.removeFeatureState({ source: "areas" });
    map.getSource("areas").setData(level.collection);
  }
  map.setLayerZoomRange("edges", { buurt: 9, wijk: 7 }[name] ?? 0, 24);
  drawnLevel = name;
}

function paint() {
  const numbers = sent.legend.map(([colour]) => Math.max(COLOURS.indexOf(colour), 0));
  const { kinds, unsure } = sent, none = sent.pattern ? 0 : -1;
  for (let id = 0; id < kinds.length; id += 1) {
    map.setFeatureState({ source: "areas", id }, { k: kinds[id] < 0 ? none : numbers[kinds[id]], u: unsure[id] });
  }
  map.getSource("spots").setData({ type: "FeatureCollection", features: drawnLevel === "programmagebied" ? spots(numbers) : [] });
}

// Programme areas are too small to see on the country: each has a spot, with the sign of its verdict.
function spots(numbers) {
  return levels.get(drawnLevel).boxes.map((box, id) => sent.kinds[id] >= 0 && ({
    type: "Feature", id, geometry: { type: "Point", coordinates: middle(box) },
    properties: { k: numbers[sent.kinds[id]], sign: sent.pattern ? "" : sent.legend[sent.kinds[id]][1].split(" ")[0] } })).filter(Boolean);
}

// What is drawn, and in which colours; the theme decides.
function style() {
  return { version: 8, sources: {}, layers: [{ id: "ground", type: "background", paint: { "background-color": colourOf("wash") } }] };
}

function fill(state = ["coalesce", ["feature-state", "k"], -1]) {
  return ["match", state, ...COLOURS.flatMap((name, number) => [number, number ? colourOf(name) : colourOf("absent-ground")]), "rgba(0, 0, 0, 0)"];
}

function layers() {
  const isHatched = ["any", ["==", ["coalesce", ["feature-state", "k"], -1], 0], ["==", ["coalesce", ["feature-state", "u"], 0], 1]];
  return [
    { id: "areas", type: "fill", source: "areas", paint: { "fill-color": fill(), "fill-antialias": false } },
    { id: "hatched", type: "fill", source: "areas", paint: { "fill-pattern": "hatch", "fill-antialias": false, "fill-opacity": ["case", isHatched, 1, 0] } },
    { id: "edges", type: "line", source: "areas", paint: { "line-color": colourOf("map-edge"), "line-width": ["interpolate", ["linear"], ["zoom"], 6, 0.15, 9, 0.6, 13, 1.5] } },
    { id: "pointed", type: "line", source: "pointed", paint: { "line-color": colourOf("ink"), "line-width": 2.5 } },
    { id: "spots", type: "circle", source: "spots", maxzoom: 12, paint: { "circle-radius": 9, "circle-color": fill(["get", "k"]), "circle-stroke-width": 2, "circle-stroke-color": colourOf("paper") } },
    { id: "signs", type: "symbol", source: "spots", maxzoom: 12, layout: { "text-field": ["get", "sign"], "text-font": FONT, "text-size": 11, "text-allow-overlap": true }, paint: { "text-color": colourOf("paper") } },
  ];
}

// One hatch for "no figure" and "cannot tell": a dark line beside a light one shows on every colour.
function patterns() {
  if (map.hasImage("hatch")) map.removeImage("hatch");
  map.addImage("hatch", hatch(colourOf("absent"), colourOf("map-edge")), { pixelRatio: 2 });
}

function hatch(dark, light) {
  const side = 16, canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  const pen = canvas.getContext("2d");
  pen.lineWidth = 2;
  for (const [colour, beside] of [[light, 2], [dark, 0]]) for (const shift of [-side, 0, side]) {
    pen.strokeStyle = colour;
    pen.beginPath(); pen.moveTo(shift - 4 + beside, side + 4); pen.lineTo(shift + side + 4 + beside, -4); pen.stroke();
  }
  return pen.getImageData(0, 0, side, side);
}

function recolour() {
  map.setPaintProperty("ground", "background-color", colourOf("wash"));
  map.setPaintProperty("areas", "fill-color", fill());
  map.setPaintProperty("spots", "circle-color", fill(["get", "k"]));
  map.setPaintProperty("spots", "circle-stroke-color", colourOf("paper"));
  map.setPaintProperty("signs", "text-color", colourOf("paper"));
  map.setPaintProperty("edges", "line-color", colourOf("map-edge"));
  map.setPaintProperty("pointed", "line-color", colourOf("ink"));
  if (map.getLayer("gemeenten")) {
    map.setPaintProperty("gemeenten", "line-color", colourOf("map-outline"));
    map.setPaintProperty("names", "text-color", colourOf("ink"));
    map.setPaintProperty("names", "text-halo-color", colourOf("paper"));
  }
  patterns();
}

// Gemeenten as outlines with their names, to know where you are; they come after the map is there.
async function orient() {
  if (!texts.shapes.gemeente || map.getSource("gemeenten")) return;
  await fetchLevel("gemeente");
  const level = ready("gemeente");
  const names = level.boxes.map((box, id) => ({ type: "Feature", properties: { name: level.sent.names[id], size: box[2] - box[0] }, geometry: { type: "Point", coordinates: middle(box) } }));
  map.addSource("gemeenten", { type: "geojson", data: level.collection });
  map.addSource("names", { type: "geojson", data: { type: "FeatureCollection", features: names } });
  map.addLayer({ id: "gemeenten", type: "line", source: "gemeenten", paint: { "line-color": colourOf("map-outline"), "line-width": ["interpolate", ["linear"], ["zoom"], 6, 0.3, 10, 1.4] } }, "pointed");
  map.addLayer({ id: "names", type: "symbol", source: "names", minzoom: 8,
    layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 13, "symbol-sort-key": ["-", 0, ["get", "size"]] },
    paint: { "text-color": colourOf("ink"), "text-halo-color": colourOf("paper"), "text-halo-width": 1.5 } });
}

function middle([west, south, east, north]) {
  return [(west + east) / 2, (south + north) / 2];
}

// What the reader points at, by mouse or at the middle of the map by keyboard.
function point(id) {
  if (id === pointed) return;
  pointed = id ?? null;
  const drawn = pointed === null ? [] : [levels.get(drawnLevel).collection.features[pointed]];
  map.getSource("pointed").setData({ type: "FeatureCollection", features: drawn });
  const names = levels.get(drawnLevel).sent.names;
  document.getElementById("aanwijzing").textContent = pointed === null ? texts.pick : `${names[pointed]}: ${words(sent, pointed, texts)}`;
  map.getCanvas().classList.toggle("on-area", pointed !== null);
}

function open(id) {
  if (id !== null && id !== undefined) location.href = areaAddress(id);
}

function areaAddress(id) {
  return texts.area.replace("CODE", encodeURIComponent(levels.get(drawnLevel).sent.codes[id]));
}

function moved() {
  if (document.activeElement === map.getCanvas() && map.getLayer("areas")) {
    const [found] = map.queryRenderedFeatures(map.project(map.getCenter()), { layers: ["areas"] });
    point(found?.id ?? null);
  }
  keep();
  list();
}

function toGemeente() {
  const code = field("gemeente").value, level = ready(drawnLevel ?? field("niveau").value);
  const boxes = level.boxes.filter((_, id) => !code || level.sent.codes[id] === code || level.sent.gemeenten[id] === code);
  if (boxes.length) map.fitBounds(decode.around(boxes), { padding: 24, maxZoom: 13, animate: !CALM });
}

// Words around the map: title, legend, periods, table.
function tell() {
  document.getElementById("kaart-titel").textContent = sent.caption;
  document.getElementById("toelichting").textContent = sent.note;
  document.getElementById("legenda").replaceChildren(...[...sent.legend,
    ...(sent.pattern && sent.unsure.includes(1) ? [["is-unsure", texts.unsure, sent.unsure.filter(Boolean).length]] : []),
    ...(sent.pattern && sent.kinds.includes(-1) ? [["is-absent", texts.absent, sent.kinds.filter((kind) => kind < 0).length]] : [])].map(sign));
  const periods = field("periode");
  periods.replaceChildren(...sent.periods.map(([year, label]) => new Option(label, year, false, year === sent.period)));
  periods.disabled = sent.periods.length < 2;
  const button = document.getElementById("speel");
  button.hidden = sent.periods.length < 2;
  button.textContent = playing ? texts.stop : texts.play;
  const shown = pointed;
  pointed = undefined;
  point(sent.kinds.length > shown ? shown : null);
  list();
}

function sign([colour, text, count]) {
  const line = document.createElement("li"), swatch = document.createElement("span"), said = document.createElement("span");
  swatch.className = `swatch ${colour}`;
  swatch.setAttribute("aria-hidden", "true");
  said.textContent = `${text} (${new Intl.NumberFormat(texts.locale).format(count)})`;
  line.append(swatch, said);
  return line;
}

function list() {
  if (!document.getElementById("als-tabel").open || !sent) return;
  const view = map.getBounds(), level = ready(drawnLevel);
  const inView = level.boxes.map((_, id) => id).filter((id) => {
    const [west, south, east, north] = level.boxes[id];
    return west < view.getEast() && east > view.getWest() && south < view.getNorth() && north > view.getSouth();
  }).sort((a, b) => level.sent.names[a].localeCompare(level.sent.names[b], texts.locale));
  const rows = inView.slice(0, 200).map((id) => {
    const row = document.createElement("tr"), head = document.createElement("th"), cell = document.createElement("td"), link = document.createElement("a");
    link.href = areaAddress(id); link.textContent = level.sent.names[id];
    head.scope = "row"; head.append(link);
    cell.textContent = words(sent, id, texts);
    row.append(head, cell);
    return row;
  });
  document.querySelector("#als-tabel tbody").replaceChildren(...rows);
  const said = texts.shown.replace("{shown}", rows.length).replace("{all}", inView.length);
  document.getElementById("tabel-titel").textContent = `${sent.caption}. ${said}`;
}

function offerComparators() {
  const chosen = field("vergelijking"), offered = texts.comparators[field("niveau").value] ?? [];
  if (offered.length === chosen.options.length && offered.every(([value], at) => chosen.options[at].value === value)) return;
  const before = chosen.value;
  chosen.replaceChildren(...offered.map(([value, label]) => new Option(label, value, false, value === before)));
}

// The years one after another; it stops at the last, by the button, or when something else is chosen.
function play() {
  if (playing) { stop(); return; }
  const years = sent.periods.map(([year]) => year).reverse();
  let at = field("periode").value === String(years.at(-1)) ? 0 : years.indexOf(Number(field("periode").value)) + 1;
  const step = async () => {
    field("periode").value = years[at];
    await show();
    at += 1;
    if (playing && at < years.length) playing = setTimeout(step, CALM ? 2500 : 1300);
    else stop();
  };
  playing = -1;
  document.getElementById("speel").textContent = texts.stop;
  step();
}

function stop() {
  if (playing) clearTimeout(playing);
  playing = null;
  if (sent) document.getElementById("speel").textContent = texts.play;
}

// The address: what is chosen and where the map is.
function placeOf() {
  const [lng, lat, zoom] = (new URLSearchParams(location.search).get("plek") ?? "").split(",").map(Number);
  return Number.isFinite(lng) && Number.isFinite(lat) && Number.isFinite(zoom) && Math.abs(lat) <= 85 ? { center: [lng, lat], zoom } : null;
}

function keep() {
  const query = new URLSearchParams();
  for (const one of form.elements) if (one.name && one.value) query.set(one.name, one.value);
  const { lng, lat } = map.getCenter();
  query.set("plek", [lng.toFixed(4), lat.toFixed(4), map.getZoom().toFixed(2)].join(","));
  history.replaceState(null, "", `?${query}`);
  const all = document.getElementById("alles");
  const page = new URL(all.href);
  page.pathname = page.pathname.replace(/[^/]+$/, field("indicator").value);
  page.search = new URLSearchParams({ gemeente: field("gemeente").value, niveau: field("niveau").value, vergelijking: field("vergelijking").value });
  all.href = page.href;
}

// Where a map cannot be drawn the reader gets the still map and the table of the server.
function fallBack() {
  root.hidden = true;
  const spare = document.querySelector("noscript");
  if (!spare) return;
  const still = document.createElement("div");
  still.innerHTML = spare.textContent;
  spare.replaceWith(still);
}
