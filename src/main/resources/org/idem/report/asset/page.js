"use strict";
(() => {
  // The picture as it stands on the page, with colours in place of the page's names for them.
  const standalone = (svg) => {
    const copy = svg.cloneNode(true);
    const originals = svg.querySelectorAll("*");
    copy.querySelectorAll("*").forEach((node, i) => {
      for (const paint of ["fill", "stroke"]) {
        if ((node.getAttribute(paint) || "").startsWith("var(")) node.setAttribute(paint, getComputedStyle(originals[i])[paint]);
      }
    });
    return new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" });
  };
  const save = (blob, file) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  // Pixels of a PNG for each pixel of the page.
  const SHARPNESS = 3;
  const savePng = (svg, file) => {
    const picture = new Image();
    const address = URL.createObjectURL(standalone(svg));
    picture.onload = () => {
      const canvas = document.createElement("canvas");
      canvas.width = SHARPNESS * svg.clientWidth;
      canvas.height = SHARPNESS * svg.clientHeight;
      const pen = canvas.getContext("2d");
      pen.fillStyle = getComputedStyle(document.body).backgroundColor;
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(address);
      canvas.toBlob((blob) => save(blob, file), "image/png");
    };
    picture.src = address;
  };
  const saveButtons = (chart, name) => {
    const buttons = document.createElement("div");
    buttons.className = "downloads";
    const add = (kind, action) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = kind;
      button.setAttribute("aria-label", "Save this picture as " + kind);
      button.addEventListener("click", () => action(chart.querySelector("svg"), name + "." + kind.toLowerCase()));
      buttons.append(button);
    };
    add("SVG", (svg, file) => save(standalone(svg), file));
    add("PNG", savePng);
    return buttons;
  };

  document.querySelectorAll(".chart").forEach((chart) => {
    const spec = JSON.parse(chart.parentElement.querySelector("script").textContent);
    charts.fitLegends(spec, chart.clientWidth);
    const figure = chart.closest("section").querySelector("h2").id;
    vegaEmbed(chart, spec, { mode: "vega-lite", renderer: "svg", actions: false, config: charts.config })
      .then(() => chart.closest(".panel").prepend(saveButtons(chart, figure)))
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
  // A formula wider than the page gets smaller, down to a size that can still be read; if it is wider even then, it scrolls in its box.
  const fit = () => formulas.forEach((formula) => {
    const room = formula.parentElement.clientWidth;
    formula.style.fontSize = "";
    formula.classList.remove("wide");
    if (formula.scrollWidth <= room) return;
    formula.style.fontSize = Math.max(0.7, (0.98 * room) / formula.scrollWidth) + "em";
    formula.classList.toggle("wide", formula.scrollWidth > room);
  });
  document.fonts.ready.then(fit);
  addEventListener("resize", fit);

  addEventListener("beforeprint", () => {
    document.querySelectorAll("details.print").forEach((details) => { details.open = true; });
    fit();
  });
})();
