package dev.wane.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One comparison.
 *
 * @param test what was compared
 * @param threads intra-op threads of each side
 * @param candidate ours
 * @param reference the other
 * @param candidateSeconds median
 * @param referenceSeconds median
 * @param ratio median over rounds of reference/candidate: above 1, we are faster
 * @param rounds how often each side ran
 */
public record Row(
        String test,
        int threads,
        String candidate,
        String reference,
        double candidateSeconds,
        double referenceSeconds,
        double ratio,
        int rounds) {

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("case", test);
        json.put("threads", threads);
        json.put("candidate", candidate);
        json.put("reference", reference);
        json.put("candidateSeconds", candidateSeconds);
        json.put("referenceSeconds", referenceSeconds);
        json.put("ratio", ratio);
        json.put("rounds", rounds);
        return json;
    }
}
