package dev.wane.formats.config;

import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.NearestName;
import dev.wane.formats.problem.Position;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds out what a configuration file is and resolves it. */
public final class ConfigReader {
    private static final List<ConfigFormat> FORMATS = List.of(
            new WaneRecipe(),
            new AxolotlConfig(),
            new MegatronConfig(),
            new NeoxConfig(),
            new TorchtitanConfig(),
            new HfTrainerConfig(),
            new NanoGptConfig(),
            new DeepSpeedConfig());

    private ConfigReader() {}

    /** The names of the families, in the order in which they are tried. */
    public static List<String> formats() {
        return FORMATS.stream().map(ConfigFormat::id).toList();
    }

    /**
     * Resolves a configuration.
     *
     * @param format the family's name; null to recognise it
     * @throws InputException if it is of no known family, or a number in it cannot be what it stands for
     */
    public static ResolvedConfig read(Sources sources, @Nullable String format) {
        Lookup root = new Lookup(sources.main());
        Optional<ConfigFormat> family = FORMATS.stream()
                .filter(candidate -> format == null
                        ? candidate.recognises(root)
                        : candidate.id().equals(format))
                .findFirst();
        return family.orElseThrow(() -> unknown(sources, format)).resolve(sources);
    }

    private static InputException unknown(Sources sources, @Nullable String format) {
        String known = FORMATS.stream().map(ConfigFormat::id).collect(Collectors.joining(", "));
        return format == null
                ? RecipeAssembler.problem(
                        sources.main().position(),
                        "is no configuration that Wane recognises; --format-hint may name it: " + known)
                : RecipeAssembler.problem(
                        Position.option(),
                        "unknown format '" + format + "'; did you mean '" + NearestName.of(format, formats())
                                + "'? Valid: " + known);
    }
}
