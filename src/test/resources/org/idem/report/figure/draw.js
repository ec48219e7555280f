/* Draws a picture without a screen and says where everything lies, in pixels of the whole picture. */
/* Without a font the width of a text is guessed: so much of its size for each letter, more than common fonts need. */
const LETTER = 0.65;
vega.textMetrics.width = (item, text) => LETTER * (item.fontSize || 11) * String(text ?? item.text ?? "").length;

globalThis.draw = (text, width) => {
  const spec = JSON.parse(text);
  spec.width = width;
  charts.fitLegends(spec, width);
  const compiled = vegaLite.compile(spec, { config: charts.config }).spec;
  const view = new vega.View(vega.parse(compiled), { renderer: "none" });
  const answer = {};
  view.runAsync().then(() => { answer.picture = JSON.stringify(described(view)); }, (failure) => { answer.failure = String(failure.stack || failure); });
  return answer;
};

const described = (view) => {
  const root = view.scenegraph().root;
  const padding = view.padding(), origin = view.origin();
  const found = { width: view._viewWidth + padding.left + padding.right, height: view._viewHeight + padding.top + padding.bottom, axes: [], marks: [], texts: [] };
  const dx = origin[0] + padding.left, dy = origin[1] + padding.top;
  found.plot = { x1: dx, y1: dy, x2: dx + view.width(), y2: dy + view.height() };
  const box = (item, x, y) => ({ x1: item.bounds.x1 + x, y1: item.bounds.y1 + y, x2: item.bounds.x2 + x, y2: item.bounds.y2 + y });
  const visible = (item) => item.opacity === undefined || item.opacity > 0;
  const walk = (mark, x, y, axis) => {
    for (const item of mark.items) {
      if (mark.role === "axis-label" || /^legend-label|^legend-title|^axis-title|^title/.test(mark.role) || mark.marktype === "text") {
        const entry = { ...box(item, x, y), role: mark.role, text: String(item.text ?? ""), shown: visible(item), fill: item.fill };
        if (mark.role === "axis-label") axis.labels.push({ ...entry, value: item.datum.value });
        if (entry.text !== "") found.texts.push(entry);
      } else if (mark.marktype === "group") {
        let next = axis;
        if (mark.role === "axis") {
          next = { orient: item.orient, labels: [], discrete: false };
          found.axes.push(next);
        }
        item.items.forEach((child) => walk(child, x + (item.x || 0), y + (item.y || 0), next));
      } else {
        const datum = item.datum || {};
        found.marks.push({
          ...box(item, x, y), role: mark.role, type: mark.marktype, fill: item.fill ?? null, stroke: item.stroke ?? null,
          alpha: (item.opacity ?? 1), fillAlpha: item.fillOpacity ?? 1, strokeAlpha: item.strokeOpacity ?? 1,
          strokeWidth: item.strokeWidth ?? 1, reference: "equal" in datum ? "diagonal" : "one" in datum || "line" in datum ? "line" : "",
          x: (item.x ?? 0) + x, y: (item.y ?? 0) + y, clip: Boolean(mark.clip),
        });
      }
    }
  };
  walk(root, dx, dy, null);
  found.axes = found.axes.filter((axis) => axis.labels.length > 0);
  return found;
};
