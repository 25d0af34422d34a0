// A service that answers with a probability: GET /?hours=3
// The fit is made once, while the worker starts. One made elsewhere comes as JSON: fitFromJSON(model).
import { backend, logisticRegression, priors } from "surprisal";

const hours = [[0.5], [1], [1.5], [2], [2.5], [3], [3.5], [4]];
const passed = [false, false, true, false, true, false, true, true];
const fit = logisticRegression(hours, passed, { prior: priors.normal({ sd: 1 }) });

export default {
  fetch(request) {
    const text = new URL(request.url).searchParams.get("hours") ?? "";
    const given = Number(text);
    if (text === "" || !Number.isFinite(given)) {
      return Response.json({ error: `"hours" expected a number, got "${text}"` }, { status: 400 });
    }
    const [probability] = fit.predictProbabilities([[given]]);
    return Response.json({ hours: given, probability, backend: backend.name });
  },
};
