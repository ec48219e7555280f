"use strict";
(() => {
  const NARROW = 400;
  const digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  const raised = (n) => (n < 0 ? "⁻" : "") + [...String(Math.abs(n))].map((d) => digits[d]).join("");
  const power = (exponent) => "10" + raised(Math.round(exponent));
  const decade = (value) => (value === 1 ? "1" : value === 10 ? "10" : value === 0.1 ? "0.1" : power(Math.log10(value)));
  const brief = (value) => {
    if (value === null || !Number.isFinite(value)) return "not finite";
    if (value === 0 || (Math.abs(value) >= 1e-2 && Math.abs(value) < 1e5)) return String(Number(value.toPrecision(3)));
    const [mantissa, exponent] = value.toExponential(2).split("e");
    return (Number(mantissa) === 1 ? "" : Number(mantissa) + "×") + power(Number(exponent));
  };
  vega.expressionFunction("power", power);
  vega.expressionFunction("decade", decade);
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
      layout: { top: { direction: "vertical", anchor: "start", margin: 2 } },
    },
  };

  const saveButton = (chart, name) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "download";
    button.textContent = "SVG";
    button.setAttribute("aria-label", "Save this picture as SVG");
    button.addEventListener("click", () => {
      const from = chart.querySelector("svg");
      const copy = from.cloneNode(true);
      const originals = from.querySelectorAll("*");
      copy.querySelectorAll("*").forEach((node, i) => {
        for (const paint of ["fill", "stroke"]) {
          if ((node.getAttribute(paint) || "").startsWith("var(")) node.setAttribute(paint, getComputedStyle(originals[i])[paint]);
        }
      });
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" }));
      link.download = name + ".svg";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    });
    return button;
  };

  document.querySelectorAll(".chart").forEach((chart) => {
    const spec = JSON.parse(chart.parentElement.querySelector("script").textContent);
    const figure = chart.closest("section").querySelector("h2").id;
    const columns = chart.clientWidth < NARROW ? spec.usermeta?.narrowColumns : undefined;
    vegaEmbed(chart, spec, { mode: "vega-lite", renderer: "svg", actions: false, config: { ...config, legend: { ...config.legend, columns } } })
      .then(() => chart.closest(".panel").prepend(saveButton(chart, figure)))
      .catch((failure) => { chart.textContent = "This picture could not be drawn: " + failure.message; });
  });

  // A statement of several formulas is set as several, so that they can stand below each other on a narrow page.
  const parts = (tex) => {
    const found = [""];
    let depth = 0;
    for (const token of tex.match(/\\[A-Za-z]+|\\.|[\s\S]/g)) {
      if (token === "{" || token === "\\begin" || token === "\\left") depth++;
      if (token === "}" || token === "\\end" || token === "\\right") depth--;
      if (token === "\\qquad" && depth === 0) found.push("");
      else found[found.length - 1] += token;
    }
    return found;
  };
  const formulas = [];
  document.querySelectorAll(".formula").forEach((formula) => {
    const tex = formula.textContent;
    formula.textContent = "";
    formula.classList.add("set");
    parts(tex).forEach((part) => {
      const block = formula.appendChild(document.createElement("div"));
      katex.render(part, block, { displayMode: true, throwOnError: false });
      formulas.push(block);
    });
  });
  // A formula wider than the page gets smaller, down to a size that can still be read; beyond it scrolls in its box.
  const fit = () => formulas.forEach((formula) => {
    formula.style.fontSize = "";
    const missing = formula.scrollWidth - formula.clientWidth;
    if (missing > 1) formula.style.fontSize = Math.max(0.7, (0.98 * formula.clientWidth) / formula.scrollWidth) + "em";
  });
  document.fonts.ready.then(fit);
  addEventListener("resize", fit);

  addEventListener("beforeprint", () => {
    document.querySelectorAll("details.print").forEach((details) => { details.open = true; });
    fit();
  });
})();
