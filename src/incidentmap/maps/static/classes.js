// Classes of numbers, so that shades can be told apart: at most five, each from a round number on.
(function (app) {
  "use strict";

  const MOST = 5;

  // The first number of each class, for numbers from 1 to the greatest there is.
  app.classesTo = function (most) {
    const firsts = [];
    for (let tens = 1; tens <= most; tens *= 10) [1, 2, 5].forEach((each) => { if (each * tens <= most) firsts.push(each * tens); });
    const last = firsts.slice(-MOST);
    if (last.length) last[0] = 1;
    return last;
  };

  // The class of a number: 0 for the least; none is -1.
  app.classOf = function (firsts, number) {
    return firsts.reduce((found, first, k) => number >= first ? k : found, -1);
  };

  // The shade of a class among so many, from a ramp: few classes take its ends and what lies between.
  app.shadeOf = function (ramp, k, classes) {
    return ramp[classes > 1 ? Math.round(k * (ramp.length - 1) / (classes - 1)) : ramp.length - 2];
  };
})(window.incidentmap);
