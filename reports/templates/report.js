"use strict";
// Draws the charts of this page from the data in it; light or dark with the screen, always light on paper.
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const config = read("chart-config");
  const dark = read("dark-colours");
  const screenIsDark = window.matchMedia("(prefers-color-scheme: dark)");
  const drawings = [...document.querySelectorAll(".drawing")];

  const recoloured = (value) => {
    if (typeof value === "string") return dark[value] ?? value;
    if (Array.isArray(value)) return value.map(recoloured);
    if (value !== null && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, recoloured(part)]));
    }
    return value;
  };

  // On a narrow screen some marks go, and the remarks beside the names: they would touch. The tables keep them.
  const narrowed = (figure) => {
    const { layout } = figure;
    const ticks = layout.xaxis?.ticktext;
    if (ticks) layout.xaxis.ticktext = ticks.map((text, place) => (place % 2 ? "" : text));
    let last = -Infinity;
    layout.annotations = layout.annotations?.filter((words) => {
      if (words.name === "note") return false;
      if (words.name !== "mark") return true;
      const fits = words.x - last > 0.2 * (layout.xaxis.range[1] - layout.xaxis.range[0]);
      if (fits) last = words.x;
      return fits;
    });
    return figure;
  };

  const draw = (onPaper) => {
    for (const drawing of drawings) {
      const isNarrow = drawing.clientWidth < 560;
      const data = read(drawing.dataset.figure);
      const figure = isNarrow ? narrowed(data) : data;
      const shown = screenIsDark.matches && !onPaper ? recoloured(figure) : figure;
      Plotly.react(drawing, shown.data, shown.layout, config);
    }
  };

  // Paper has its own width: let every drawing scale as one picture, so that nothing is cut off.
  const scale = () => {
    for (const drawing of drawings) {
      const holder = drawing.querySelector(".svg-container");
      if (!holder) continue;
      const width = drawing.offsetWidth;
      const height = holder.offsetHeight;
      drawing.classList.add("on-paper");
      drawing.style.minWidth = "0";
      drawing.style.aspectRatio = `${width} / ${height}`;
      for (const svg of drawing.querySelectorAll("svg.main-svg")) svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    }
  };

  const unscale = () => {
    for (const drawing of drawings) {
      drawing.classList.remove("on-paper");
      drawing.style.aspectRatio = "";
      const least = read(drawing.dataset.figure).layout.meta?.least_width ?? 0;
      drawing.style.minWidth = least ? `${least}px` : "";
      for (const svg of drawing.querySelectorAll("svg.main-svg")) svg.removeAttribute("viewBox");
    }
  };

  const tables = [...document.querySelectorAll("details:not(.screen-only)")];
  let opened = [];

  window.addEventListener("beforeprint", () => {
    opened = tables.filter((table) => !table.open);
    for (const table of opened) table.open = true;
    if (drawings.length) {
      draw(true);
      scale();
    }
  });
  window.addEventListener("afterprint", () => {
    for (const table of opened) table.open = false;
    if (drawings.length) {
      unscale();
      draw(false);
    }
  });
  if (drawings.length) {
    const isNarrow = window.matchMedia("(max-width: 40rem)");
    isNarrow.addEventListener("change", () => draw(false));
    screenIsDark.addEventListener("change", () => draw(false));
    draw(false);
  }
  document.documentElement.dataset.drawn = "yes";
})();
