package dev.wane.groups;

import dev.wane.recipe.Start;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a model that decides whether the laws speak of it.
 *
 * @param normalised how far it is normalised
 * @param start what its weights start from; empty where that does not show
 */
public record KnownModel(NormalisedShare normalised, Optional<SeenStart> start) {
    /**
     * By names and shapes alone.
     *
     * @param map what is decayed
     * @return what they tell
     */
    public static KnownModel of(DecayMap map) {
        return new KnownModel(NormalisedShare.of(map, Set.of()), SeenStart.ofNames(shapes(map)));
    }

    /**
     * The parameters of a map.
     *
     * @param map what is decayed
     * @return names and shapes
     */
    public static List<NamedShape> shapes(DecayMap map) {
        return map.entries().stream().map(DecayMap.Entry::parameter).toList();
    }

    /**
     * Whether the laws are expected to hold, in the words that {@code transfer} uses.
     *
     * @return {@code expected: }, {@code partly: }, {@code not-expected: } or {@code unknown: }, and the reason
     */
    public String applicability() {
        boolean adapter = start.filter(seen -> seen.start() == Start.ADAPTER).isPresent();
        return adapter ? "not-expected: no law was measured on adapters" : normalised.applicability();
    }

    /**
     * For people.
     *
     * @return a sentence on the laws, and one on the start where that is known
     */
    public List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        sentences.add("the laws are " + applicability());
        start.ifPresent(seen -> sentences.add(seen.text()));
        return sentences;
    }
}
