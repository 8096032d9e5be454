package dev.wane.groups;

import dev.wane.recipe.Start;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a model's weights start from, as far as it shows.
 *
 * @param start what is seen
 * @param evidence by what, a few words
 */
public record SeenStart(Start start, String evidence) {
    private static final Pattern FACTOR = Pattern.compile("(.*)lora_(?:embedding_)?(A|B|a|b|down|up)(\\..*|)");
    /** What peft, torchtune and kohya call the two. */
    private static final Map<String, String> PARTNERS = Map.of("A", "B", "a", "b", "down", "up");

    private static final double MOST = 0.5;

    /**
     * Low-rank adapters by their names: a pair {@code lora_A} and {@code lora_B}, or {@code lora_down} and {@code lora_up}, at the same place.
     *
     * @param trained what is trained
     * @return empty unless such pairs are most of the trained numbers
     */
    public static Optional<SeenStart> ofNames(List<NamedShape> trained) {
        Set<String> names = new HashSet<>();
        trained.forEach(parameter -> names.add(parameter.name()));
        long pairs = 0;
        double inPairs = 0;
        double all = 0;
        for (NamedShape parameter : trained) {
            Matcher factor = FACTOR.matcher(parameter.name());
            boolean paired = factor.matches() && names.contains(partner(parameter.name(), factor.group(2)));
            pairs += paired && PARTNERS.containsKey(factor.group(2)) ? 1 : 0;
            inPairs += paired ? elements(parameter) : 0;
            all += elements(parameter);
        }
        if (pairs == 0 || inPairs < MOST * all) {
            return Optional.empty();
        }
        String share = String.format(Locale.ROOT, "%.3g %%", 100 * inPairs / all);
        return Optional.of(
                new SeenStart(Start.ADAPTER, pairs + " pairs of A and B hold " + share + " of the trained numbers"));
    }

    private static String partner(String name, String factor) {
        String other = PARTNERS.entrySet().stream()
                .filter(pair -> pair.getValue().equals(factor))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(() -> Objects.requireNonNull(PARTNERS.get(factor)));
        return name.replaceFirst("(lora_(?:embedding_)?)" + factor, "$1" + other);
    }

    private static double elements(NamedShape parameter) {
        return parameter.shapeKnown()
                ? parameter.shape().stream().mapToDouble(Long::doubleValue).reduce(1, (a, b) -> a * b)
                : 1;
    }

    /**
     * What it means for the run.
     *
     * @return one sentence
     */
    public String text() {
        return "start: " + start.id() + " (" + evidence + "); " + start.pull();
    }
}
