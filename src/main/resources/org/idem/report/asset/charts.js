"use strict";
/* What every picture has in common, without a page: how numbers are written and how axes and legends look. */
const charts = (() => {
  const digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  const raised = (n) => (n < 0 ? "⁻" : "") + [...String(Math.abs(n))].map((d) => digits[d]).join("");
  const brief = (value) => {
    if (value === null || !Number.isFinite(value)) return "not finite";
    if (value === 0 || (Math.abs(value) >= 1e-2 && Math.abs(value) < 1e5)) return String(Number(value.toPrecision(3)));
    const [mantissa, exponent] = value.toExponential(2).split("e");
    return (Number(mantissa) === 1 ? "" : Number(mantissa) + "×") + "10" + raised(Number(exponent));
  };
  vega.expressionFunction("brief", brief);

  // Colours are variables of the style sheet, so that light, dark and print need no second drawing.
  const ink = "var(--ink)", quiet = "var(--quiet)", font = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif";
  const config = {
    customFormatTypes: true,
    background: null,
    font,
    padding: 2,
    autosize: { type: "fit", contains: "padding", resize: true },
    view: { stroke: null },
    axis: {
      labelColor: quiet, titleColor: ink, titleFontWeight: "normal", titleFontSize: 12.5, labelFontSize: 11.5, titlePadding: 8,
      domainColor: quiet, tickColor: quiet, tickSize: 4, gridColor: "var(--grid)", labelPadding: 4, labelOverlap: "greedy", labelSeparation: 4,
    },
    legend: {
      orient: "top", direction: "horizontal", labelColor: ink, titleColor: quiet, titleFontWeight: "normal", titleFontSize: 12,
      labelFontSize: 12, labelLimit: 0, symbolStrokeWidth: 1.6, columnPadding: 14, rowPadding: 3, offset: 8, titleOrient: "left",
      layout: { top: { direction: "vertical", anchor: "start", margin: 5 } },
    },
  };

  // A legend has at most as many columns as the picture has room for: those that its description asks for, or as many as it has entries.
  const SYMBOL = 22;
  // A legend begins where the axis up stands: so much room for its labels and its title.
  const AXIS = 64;
  const widthOf = (text) => vega.textMetrics.width({ fontSize: config.legend.labelFontSize, font }, text);
  const room = (words, columns) => {
    let sum = (columns - 1) * config.legend.columnPadding;
    for (let column = 0; column < columns; column++) {
      sum += SYMBOL + Math.max(...words.filter((word, i) => i % columns === column).map(widthOf));
    }
    return sum;
  };
  const columnsFor = (words, asked, width) => {
    let columns = Math.min(asked || words.length, words.length);
    while (columns > 1 && room(words, columns) > width) columns--;
    return columns;
  };
  const fitLegends = (spec, width) => {
    const rows = vega.read(spec.data.values, { type: spec.data.format.type });
    const visit = (encoding) => {
      for (const channel of ["color", "shape", "strokeDash"]) {
        const one = encoding?.[channel];
        if (one?.type !== "nominal" || one.legend === null) continue;
        const words = (one.scale?.domain || [...new Set(rows.map((row) => row[one.field]))]).map(String);
        if (words.length === 0) continue;
        const title = one.title ? widthOf(one.title) + SYMBOL : 0;
        one.legend = { ...one.legend, columns: columnsFor(words, one.legend?.columns, width - AXIS - title) };
      }
    };
    visit(spec.encoding);
    (spec.layer || []).forEach((layer) => visit(layer.encoding));
  };
  return { config, fitLegends };
})();
