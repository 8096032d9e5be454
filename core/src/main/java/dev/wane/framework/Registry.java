package dev.wane.framework;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What each framework's optimizers mean by weight decay: the rows of {@code registry.txt}, read and checked once.
 */
public final class Registry {
    private static final String FILE = "registry.txt";
    private static final Map<String, String> ALIASES = Map.of(
            "pytorch", "torch",
            "huggingface", "hf",
            "transformers", "hf",
            "bitsandbytes", "bnb",
            "tensorflow_addons", "tfa",
            "megatron_lm", "megatron",
            "gpt_neox", "neox",
            "mosaicml", "composer");

    private Registry() {}

    /** Loaded when first asked for. */
    private static final class Rows {
        static final List<Optimizer> ALL = load();

        private static List<Optimizer> load() {
            try (InputStream in = Objects.requireNonNull(Registry.class.getResourceAsStream(FILE), FILE);
                    BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                return RegistryFile.parse(FILE, reader.lines().toList());
            } catch (IOException e) {
                throw new UncheckedIOException(FILE, e);
            }
        }
    }

    /**
     * Every row, in the order of the file.
     *
     * @return an immutable list
     */
    public static List<Optimizer> all() {
        return Rows.ALL;
    }

    /**
     * The key of a framework that people also call otherwise.
     *
     * @param name a key or another name, for example {@code pytorch}
     * @return the key, or the name itself where it is no alias
     */
    public static String key(String name) {
        return ALIASES.getOrDefault(name.toLowerCase(Locale.ROOT).replace('-', '_'), name);
    }

    /**
     * The rows of a framework.
     *
     * @param framework the framework's key
     * @return its rows; empty if there is none
     */
    public static List<Optimizer> of(String framework) {
        return all().stream().filter(row -> row.framework().equals(framework)).toList();
    }

    /**
     * The frameworks.
     *
     * @return keys in the order of the file
     */
    public static Set<String> frameworks() {
        Set<String> names = new LinkedHashSet<>();
        all().forEach(row -> names.add(row.framework()));
        return names;
    }

    /**
     * Finds a row.
     *
     * @param framework the framework's key
     * @param id the optimizer's key
     * @return empty if the registry has no such row
     */
    public static Optional<Optimizer> find(String framework, String id) {
        return of(framework).stream().filter(row -> row.id().equals(id)).findFirst();
    }

    /**
     * A row that must be there.
     *
     * @param framework the framework's key
     * @param id the optimizer's key
     * @return the row
     * @throws IllegalArgumentException if there is none
     */
    public static Optimizer get(String framework, String id) {
        return find(framework, id)
                .orElseThrow(() -> new IllegalArgumentException("no optimizer '" + id + "' in '" + framework + "'"));
    }
}
