"use strict";
const slides = [...document.querySelectorAll(".slide")];
const root = document.documentElement;
let here = 0;

// What does not fit is set smaller until it does: nothing is cut off, on the wall or on paper.
function fit(slide) {
  const box = slide.querySelector(".fit");
  const full = parseFloat(getComputedStyle(root).fontSize);
  const over = () => {
    const wide = Math.max(...[...box.children].map((one) => one.scrollWidth), 0);
    const high = [...box.children].reduce((sum, one) => {
      const style = getComputedStyle(one);
      return sum + one.offsetHeight + parseFloat(style.marginTop) + parseFloat(style.marginBottom);
    }, slide.classList.contains("try") ? full * 2.2 : 0);
    return high > box.clientHeight + 1 || wide > box.clientWidth + 1;
  };
  let size = 1;
  // Few words are set large, for the last row.
  const words = ["text", "section", "quote", "try", "answer", "result", "code"];
  if (words.some((kind) => slide.classList.contains(kind))) {
    while (!over() && size < 1.3) {
      size += 0.03;
      box.style.fontSize = size + "em";
    }
  }
  while (over() && size > 0.4) {
    size -= 0.03;
    box.style.fontSize = size + "em";
  }
  slide.dataset.size = size.toFixed(2);
  if (over()) slide.dataset.cut = "yes";
}

function show(number, push = true) {
  here = Math.max(0, Math.min(slides.length - 1, number));
  slides.forEach((slide, place) => slide.classList.toggle("here", place === here));
  if (push) history.replaceState(null, "", "#" + (here + 1));
}

function stretch() {
  const scale = Math.min(innerWidth / 1280, innerHeight / 720);
  document.querySelector("main").style.transform = `scale(${scale}) translate(-50%, -50%)`;
}

const keys = {
  ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, Enter: 1,
  ArrowLeft: -1, ArrowUp: -1, PageUp: -1, Backspace: -1,
};

document.fonts.ready.then(() => {
  slides.forEach(fit);
  root.dataset.fitted = "yes";
  root.dataset.cut = slides.filter((slide) => slide.dataset.cut).map((slide) => slide.id).join(" ");
  root.classList.add("playing");
  stretch();
  show((parseInt(location.hash.slice(1), 10) || 1) - 1, false);
});
addEventListener("resize", stretch);
addEventListener("hashchange", () => show((parseInt(location.hash.slice(1), 10) || 1) - 1, false));
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  root.classList.add("started");
  if (event.key in keys) {
    const back = event.key === " " && event.shiftKey ? -1 : keys[event.key];
    show(here + back);
  } else if (event.key === "Home") show(0);
  else if (event.key === "End") show(slides.length - 1);
  else if (event.key === "n" || event.key === "N") root.classList.toggle("told");
  else if (event.key === "f" || event.key === "F") {
    if (document.fullscreenElement) document.exitFullscreen();
    else root.requestFullscreen();
  } else return;
  event.preventDefault();
});
let touched = null;
addEventListener("touchstart", (event) => { touched = event.touches[0].clientX; });
addEventListener("touchend", (event) => {
  const moved = event.changedTouches[0].clientX - touched;
  if (Math.abs(moved) > 50) show(here + (moved < 0 ? 1 : -1));
});
