package dev.wane.formats.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds the name that a mistyped one probably means. */
public final class NearestName {
    private NearestName() {}

    /**
     * One that the name begins, else the one at the smallest edit distance, ignoring case, hyphens and underscores; of
     * several, the most alike in length.
     */
    public static String of(String name, Collection<String> valid) {
        return valid.stream()
                .min(Comparator.<String, Boolean>comparing(candidate -> !begins(plain(name), plain(candidate)))
                        .thenComparingInt(candidate -> distance(plain(name), plain(candidate)))
                        .thenComparingInt(candidate -> Math.abs(candidate.length() - name.length())))
                .orElseThrow();
    }

    private static boolean begins(String name, String candidate) {
        return name.length() > 2 && candidate.startsWith(name);
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitution, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
