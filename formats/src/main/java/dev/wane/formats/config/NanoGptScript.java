package dev.wane.formats.config;

import dev.wane.formats.problem.InputException;
import dev.wane.formats.tree.Node;
import dev.wane.formats.tree.TreeReader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The {@code train.py} that a configuration of nanoGPT is laid over, beside it or above its folder: forks have defaults of
 * their own, and until March 2023 a device accumulated by itself.
 *
 * @param defaults its settings
 * @param whole whether the accumulation is that of all devices
 */
record NanoGptScript(Lookup defaults, boolean whole) {
    private static final String CONFIGURATOR = "exec(open(";
    private static final String SHARED = "gradient_accumulation_steps //=";
    private static final Set<String> KEYS = Set.of(
            "batch_size",
            "gradient_accumulation_steps",
            "block_size",
            "max_iters",
            "lr_decay_iters",
            "warmup_iters",
            "decay_lr",
            "learning_rate",
            "min_lr",
            "weight_decay",
            "beta1",
            "beta2",
            "init_from");

    /** Empty where none is there, or what is there is another's. */
    static Optional<NanoGptScript> beside(Lookup config) {
        return folders(config.root().position().file())
                .map(folder -> folder.resolve("train.py"))
                .filter(Files::isRegularFile)
                .findFirst()
                .flatMap(NanoGptScript::read);
    }

    private static Stream<Path> folders(String file) {
        try {
            Path folder = Path.of(file).toAbsolutePath().normalize().getParent();
            return Stream.iterate(folder, each -> each != null, Path::getParent).limit(3);
        } catch (InvalidPathException e) {
            return Stream.of();
        }
    }

    private static Optional<NanoGptScript> read(Path script) {
        try {
            String text = TreeReader.text(script);
            int end = text.indexOf(CONFIGURATOR);
            boolean own = end > 0 && text.contains("gradient_accumulation_steps") && text.contains("max_iters");
            return own
                    ? Optional.of(new NanoGptScript(
                            new Lookup(TreeReader.mapping(script, text.substring(0, end))), text.contains(SHARED)))
                    : Optional.empty();
        } catch (InputException e) {
            // A script that cannot be read tells nothing of its defaults.
            return Optional.empty();
        }
    }

    /** The configuration over the script's defaults. */
    Lookup under(Lookup config) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>(config.root().entries());
        KEYS.forEach(key -> {
            Node.Entry usual = defaults.root().entries().get(key);
            if (usual != null) {
                entries.putIfAbsent(key, usual);
            }
        });
        return new Lookup(new Node.Mapping(config.root().position(), entries));
    }
}
