// Says one area of a map in words, as the pages of the server do.
const MINUS = "\u2212";

export function said(sent, place, texts) {
  const value = sent.values[place];
  if (sent.kinds[place] < 0) return sent.pattern ? `${texts.absent} (${sent.reasons[sent.why[place]]})` : texts.unjudged;
  if (!sent.pattern) {
    const why = sent.reasons[sent.why[place]];
    return sent.legend[sent.kinds[place]][1] + (why ? ` (${why})` : "");
  }
  const low = sent.lows[place], high = sent.highs[place];
  const whole = written(sent, value, texts);
  if (low === null || high === null) return whole;
  const [from, to] = [low, high].map((end) => (sent.signed ? written(sent, end, texts) : number(sent, end, texts)));
  return `${whole} (${texts.margin.replace("{low}", from).replace("{high}", to)})`;
}

function written(sent, value, texts) {
  if (!sent.signed) return sent.pattern.replace("{number}", number(sent, value, texts));
  if (value === 0) return texts.equal;
  const size = sent.pattern.replace("{number}", number(sent, Math.abs(value), texts));
  return sent.signed[value < 0 ? 0 : 1].replace("{size}", size);
}

function number(sent, value, texts) {
  const digits = { minimumFractionDigits: sent.decimals, maximumFractionDigits: sent.decimals };
  return new Intl.NumberFormat(texts.locale, digits).format(value).replace("-", MINUS);
}
