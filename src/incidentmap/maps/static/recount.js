// The histogram of what a limit leaves, counted in the page where it has all incidents: as the server does it, an incident counts in
// each step that its days touch.
(function (app) {
  "use strict";

  // Index of the step that a day lies in; `starts` are the first days of the steps, in order.
  function stepOf(starts, day) {
    let low = 0, high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= day) low = middle; else high = middle;
    }
    return low;
  }

  // `layers` are those of the map, each with what it lets through.
  app.recounted = function (histogram, layers) {
    const counts = layers.map((layer) => {
      const numbers = histogram.starts.map(() => 0), {start, end} = layer.data;
      layer.passing((i) => {
        if (start[i] === null) return;
        for (let step = stepOf(histogram.starts, start[i]); step <= stepOf(histogram.starts, end[i]); step += 1) numbers[step] += 1;
      });
      return [layer.data.id, numbers];
    });
    return {...histogram, counts: counts};
  };
})(window.incidentmap);
