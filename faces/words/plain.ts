// Texts of others, made safe to look at: characters that nobody sees, or that turn the text around them, are shown as a mark.

/** Direction marks and overrides, zero-width characters, control characters. */
const HIDDEN = /[\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Cc}|[\u{e0000}-\u{e007f}]/gu;
/** Joiners belong into words of some scripts, and nowhere else. */
const JOINER = /(?<![\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Malayalam}\p{Script=Sinhala}\p{M}])[\u200c\u200d]/gu;

export const plain = (text: string): string => text.replace(HIDDEN, '\ufffd').replace(JOINER, '\ufffd');
