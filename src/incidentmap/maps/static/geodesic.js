// How far two points are apart on the Earth's ellipsoid (WGS 84), by Vincenty's inverse formula: a sphere is wrong by up to half a per cent.
(function (app) {
  "use strict";

  const EQUATOR = 6378137, FLATTENING = 1 / 298.257223563, POLE = EQUATOR * (1 - FLATTENING);
  const MOST_ROUNDS = 200, CLOSE = 1e-12;

  // Latitude on the auxiliary sphere, as sine and cosine.
  function reduced(latitude) {
    const turn = Math.atan((1 - FLATTENING) * Math.tan(latitude * Math.PI / 180));
    return {sin: Math.sin(turn), cos: Math.cos(turn)};
  }

  // Kilometres between [latitude, longitude] and another, in degrees; null for points that lie almost opposite each other.
  app.geodesicKm = function (one, other) {
    const a = reduced(one[0]), b = reduced(other[0]), apart = (other[1] - one[1]) * Math.PI / 180;
    let lambda = apart;
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const sin = Math.sin(lambda), cos = Math.cos(lambda);
      const sinSigma = Math.hypot(b.cos * sin, a.cos * b.sin - a.sin * b.cos * cos);
      if (sinSigma === 0) return 0;
      const cosSigma = a.sin * b.sin + a.cos * b.cos * cos, sigma = Math.atan2(sinSigma, cosSigma);
      const sinAlpha = a.cos * b.cos * sin / sinSigma, square = 1 - sinAlpha * sinAlpha;
      const middle = square === 0 ? 0 : cosSigma - 2 * a.sin * b.sin / square;
      const c = FLATTENING / 16 * square * (4 + FLATTENING * (4 - 3 * square)), before = lambda;
      lambda = apart + (1 - c) * FLATTENING * sinAlpha * (sigma + c * sinSigma * (middle + c * cosSigma * (2 * middle * middle - 1)));
      if (Math.abs(lambda - before) < CLOSE) return length(square, sigma, sinSigma, cosSigma, middle) / 1000;
    }
    return null;
  };

  function length(square, sigma, sinSigma, cosSigma, middle) {
    const u = square * (EQUATOR * EQUATOR - POLE * POLE) / (POLE * POLE);
    const A = 1 + u / 16384 * (4096 + u * (-768 + u * (320 - 175 * u))), B = u / 1024 * (256 + u * (-128 + u * (74 - 47 * u)));
    const inner = cosSigma * (2 * middle * middle - 1) - B / 6 * middle * (4 * sinSigma * sinSigma - 3) * (4 * middle * middle - 3);
    return POLE * A * (sigma - B * sinSigma * (middle + B / 4 * inner));
  }
})(window.incidentmap);
