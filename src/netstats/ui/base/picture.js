// A picture to take away: once plotly has drawn the chart that was wished for, its own button makes the file.
// Streamlit calls this at each run of the page that draws one.
export default function ({ data, parentElement }) {
  const box = parentElement.closest("[class*=st-key-picture-]");
  const look = () => {
    const chart = box.querySelector(".js-plotly-plot"), button = box.querySelector(".modebar-btn");
    // What is there may be the picture before.
    if (chart?.layout?.meta !== data.wish || !button || !chart.querySelector(".main-svg")) return;
    stop();
    if (window.netstatsPicture === data.wish) return; // made; Streamlit may begin this again
    window.netstatsPicture = data.wish;
    button.click();
  };
  const watch = new MutationObserver(look), stop = () => watch.disconnect();
  watch.observe(box, { childList: true, subtree: true });
  look();
  return stop;
}
