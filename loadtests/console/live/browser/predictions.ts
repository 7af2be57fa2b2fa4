// browser/predictions.ts: what a student predicted, kept in this browser alone.
// Used by experiments.tsx: a prediction is worth something only if it was there before.

const keyOf = (id: string) => `prediction-${id}`;

export const keptPrediction = (id: string): string => localStorage.getItem(keyOf(id)) ?? '';

export const keepPrediction = (id: string, guess: string): void =>
  localStorage.setItem(keyOf(id), guess.slice(0, 40));
