// Fits what it is sent: reports its progress, then the fit as plain JSON.
import { fitter, logisticRegression } from "surprisal";

onmessage = async ({ data: { X, y, columns } }) => {
  const job = fitter(logisticRegression, X, y, { columns });
  const fit = await job.run({ onProgress: (progress) => postMessage({ progress }) });
  postMessage({ fit: fit.toJSON() });
};
