package dev.wane.formats.config;

import dev.wane.formats.tree.Node;
import dev.wane.lint.Finding;
import dev.wane.lint.Severity;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Keys that a file gives twice with two values: most programs that read it take the last without a word.
 *
 * @param keys wherever they stand in it
 */
record RepeatedKeys(List<Node.Repeated> keys) {
    /** Families that are read by it. */
    private static final Set<String> OMEGACONF = Set.of("composer", "olmo", "hydra", "llamafactory");

    static RepeatedKeys of(Node file) {
        return new RepeatedKeys(inside(file).toList());
    }

    private static Stream<Node.Repeated> inside(Node node) {
        return switch (node) {
            case Node.Mapping mapping ->
                Stream.concat(
                        mapping.repeated().stream(),
                        mapping.entries().values().stream().flatMap(entry -> inside(entry.value())));
            case Node.Sequence sequence -> sequence.items().stream().flatMap(RepeatedKeys::inside);
            case Node.Scalar scalar -> Stream.empty();
        };
    }

    /** The configuration with a finding for each of them. */
    ResolvedConfig in(ResolvedConfig config) {
        List<Finding> findings = Stream.concat(
                        config.findings().stream(), keys.stream().map(key -> finding(key, config)))
                .toList();
        return keys.isEmpty()
                ? config
                : new ResolvedConfig(config.format(), config.recipe(), config.resolution(), config.context(), findings);
    }

    private static Finding finding(Node.Repeated again, ResolvedConfig config) {
        String quantity = config.resolution().all().stream()
                .filter(each -> each.origin() instanceof Origin.Written written
                        && written.position().equals(again.last().position()))
                .map(Quantity::name)
                .findFirst()
                .orElse("");
        boolean refused = OMEGACONF.contains(config.format());
        return new Finding(
                "duplicate-key",
                quantity.isEmpty() && !refused ? Severity.INFO : Severity.WARNING,
                quantity,
                "the key '" + again.key() + "' is given twice, on lines "
                        + again.first().line() + " and "
                        + again.last().position().line()
                        + (refused
                                ? ": OmegaConf refuses such a file, and the run does not start"
                                : ": the last one counts"),
                "keep the one that is meant",
                "PyYAML; OmegaConf and TOML refuse it");
    }
}
