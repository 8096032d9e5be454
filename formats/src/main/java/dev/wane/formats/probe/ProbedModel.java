package dev.wane.formats.probe;

import dev.wane.groups.DecayMap;
import dev.wane.groups.KnownModel;
import dev.wane.groups.NamedShape;
import dev.wane.groups.NormalisedShare;
import dev.wane.groups.SeenStart;
import dev.wane.recipe.Start;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a probe tells of its model: its modules' classes, what is frozen, and the network that it was loaded from. */
public final class ProbedModel {
    /** Less is a table of positions that nobody trains. */
    private static final double MUCH = 0.1;

    private ProbedModel() {}

    public static KnownModel of(Probe probe) {
        List<NamedShape> held =
                probe.parameters().stream().map(ProbedParameter::parameter).toList();
        Set<String> norms = probe.modules().stream()
                .filter(module -> module.type().contains("Norm"))
                .map(ProbedModule::name)
                .collect(Collectors.toSet());
        return new KnownModel(
                NormalisedShare.of(DecayMap.of(held, AsTrained.of(probe)), norms),
                SeenStart.ofNames(held).or(() -> pretrained(probe)));
    }

    private static Optional<SeenStart> pretrained(Probe probe) {
        if (probe.fresh()) {
            return Optional.empty();
        }
        double trained = probe.parameters().stream()
                .mapToDouble(ProbedParameter::elements)
                .sum();
        double frozen = probe.frozen() / (probe.frozen() + trained);
        if (!probe.loadedFrom().isEmpty()) {
            return Optional.of(new SeenStart(Start.PRETRAINED, "loaded from " + probe.loadedFrom()));
        }
        return frozen > MUCH
                ? Optional.of(new SeenStart(
                        Start.PRETRAINED,
                        String.format(Locale.ROOT, "%.3g %% of its numbers are frozen", 100 * frozen)))
                : Optional.empty();
    }
}
