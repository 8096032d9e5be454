package dev.wane.groups;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a model's decayed matrices are normalised, as names tell: the laws speak of weights whose size a following
 * normalisation takes away.
 *
 * @param matrices numbers in decayed matrices and kernels
 * @param followed of these, numbers whose output goes straight into a normalisation
 * @param norms how many normalisations the model has
 * @param layers how many matrices and kernels it has
 */
public record NormalisedShare(long matrices, long followed, int norms, int layers) {
    private static final Pattern INDEX = Pattern.compile("(.*?)(\\d{1,9})");
    /** What a layer's own normalisation is called beside it. */
    private static final Map<String, List<String>> BESIDE = Map.of(
            "conv", List.of("bn", "norm", "gn", "ln"),
            "fc", List.of("bn", "norm", "ln"),
            "linear", List.of("bn", "norm", "ln"),
            "q_proj", List.of("q_norm"),
            "k_proj", List.of("k_norm"),
            "wq", List.of("q_norm"),
            "wk", List.of("k_norm"));

    private static final double MOST = 0.5;
    private static final double BLOCKS = 0.1;

    /**
     * Counts.
     *
     * @param map what is decayed
     * @param normModules names of modules that are known to normalise, also those without parameters
     * @return the share
     */
    public static NormalisedShare of(DecayMap map, Set<String> normModules) {
        Set<String> norms = new HashSet<>(normModules);
        map.entries().stream()
                .filter(entry -> entry.role().role() == ParameterRole.NORM)
                .forEach(entry -> norms.add(module(entry)));
        long matrices = 0;
        long followed = 0;
        int layers = 0;
        for (DecayMap.Entry entry : map.entries()) {
            if (entry.role().role() == ParameterRole.MATRIX || entry.role().role() == ParameterRole.CONV) {
                layers++;
                long size = entry.decay() ? elements(entry.parameter()) : 0;
                matrices += size;
                followed += isFollowed(module(entry), norms) ? size : 0;
            }
        }
        return new NormalisedShare(matrices, followed, norms.size(), layers);
    }

    private static String module(DecayMap.Entry entry) {
        String name = entry.parameter().name();
        return name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
    }

    private static long elements(NamedShape parameter) {
        return parameter.shape().stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
    }

    /** The next of a sequence, or the one of the same number beside it. */
    private static boolean isFollowed(String module, Set<String> norms) {
        int dot = module.lastIndexOf('.');
        String parent = module.substring(0, dot + 1);
        String last = module.substring(dot + 1).toLowerCase(Locale.ROOT);
        Matcher index = INDEX.matcher(last);
        if (index.matches() && index.group(1).isEmpty()) {
            return norms.contains(parent + (Integer.parseInt(last) + 1));
        }
        return BESIDE.entrySet().stream()
                .filter(entry -> last.startsWith(entry.getKey()))
                .anyMatch(entry -> entry.getValue().stream()
                        .anyMatch(norm -> norms.contains(
                                parent + norm + last.substring(entry.getKey().length()))));
    }

    /**
     * Of the numbers in decayed matrices, how many go straight into a normalisation.
     *
     * @return from 0 to 1; NaN without decayed matrices
     */
    public double share() {
        return (double) followed / matrices;
    }

    /**
     * Whether the laws are expected to hold, in the words that {@code transfer} uses.
     *
     * @return {@code expected: }, {@code partly: }, {@code not-expected: } or {@code unknown: }, and the reason
     */
    public String applicability() {
        String percent = String.format(Locale.ROOT, "%.0f %%", 100 * share());
        if (matrices == 0) {
            return "unknown: no decayed hidden matrix is known by name and shape";
        }
        if (share() >= MOST) {
            return "expected: " + percent + " of the decayed hidden weights go straight into a normalisation";
        }
        if (norms >= BLOCKS * layers && norms > 0) {
            return "expected: " + norms + " normalisations stand between " + layers
                    + " layers, as in the networks that the laws" + " were measured on; " + percent
                    + " of the decayed hidden weights go straight into one";
        }
        return norms == 0
                ? "not-expected: no normalisation is seen, and λ also regularises the function itself"
                : "partly: " + norms + " normalisations for " + layers + " layers";
    }
}
