// A table wider than the page is set smaller until it fits; nothing is cut off.
document.fonts.ready.then(() => {
  for (const table of document.querySelectorAll("table")) {
    const room = table.parentElement.clientWidth;
    let size = parseFloat(getComputedStyle(table).fontSize);
    while (table.scrollWidth > room + 1 && size > 6) {
      size -= 0.25;
      table.style.fontSize = size + "px";
    }
    if (table.scrollWidth > room + 1) {
      table.classList.add("wrap");
    }
  }
  document.documentElement.dataset.fitted = "yes";
});
