package dev.wane.formats.config;

import dev.wane.formats.json.Json;
import dev.wane.formats.json.RecipeJson;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.NearestName;
import dev.wane.formats.problem.Position;
import dev.wane.formats.tree.Interpolation;
import dev.wane.formats.tree.Node;
import dev.wane.formats.tree.StartedProgram;
import dev.wane.formats.tree.TreeReader;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.RunLength;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds out what a configuration file is and resolves it. */
public final class ConfigReader {
    private static final List<ConfigFormat> FORMATS = List.of(
            new WaneRecipe(),
            new KerasConfig(),
            new DjlConfig(),
            new Dl4jConfig(),
            new TfModelsConfig(),
            new CerebrasConfig(),
            new NanotronConfig(),
            new OlmoConfig(),
            new ComposerConfig(),
            new LitgptConfig(),
            new LightningConfig(),
            new FairseqConfig(),
            new Dino3Config(),
            new DinoConfig(),
            new DetectronConfig(),
            new AxolotlConfig(),
            new MegatronConfig(),
            new NeoxConfig(),
            new TorchtitanConfig(),
            new LlamaFactoryConfig(),
            new HfTrainerConfig(),
            new TimmConfig(),
            new UltralyticsConfig(),
            new MaxTextConfig(),
            new DionConfig(),
            new NanoGptConfig(),
            new HydraConfig(),
            new DeepSpeedConfig(),
            new OpenMmlabConfig(),
            new BigVisionConfig(),
            new HparamsConfig(),
            new HfSectionConfig());

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
    public static ResolvedConfig read(Sources written, @Nullable String format) {
        Sources sources = written.with(plain(written.main()));
        Lookup root = new Lookup(sources.main());
        Optional<ConfigFormat> family = FORMATS.stream()
                .filter(candidate -> format == null
                        ? candidate.recognises(root) && StartedProgram.mayTrain(root.textOr("", "$command"))
                        : candidate.id().equals(format))
                .findFirst();
        ResolvedConfig config = resolve(family.orElseThrow(() -> unknown(sources, format)), sources);
        return UnreadFiles.in(RepeatedKeys.of(written.main()).in(config), sources);
    }

    /** A schedule refuses what no run can have, a warm-up of fewer than no steps. */
    private static ResolvedConfig resolve(ConfigFormat format, Sources sources) {
        try {
            return format.resolve(sources);
        } catch (IllegalArgumentException e) {
            String what = e.getMessage() == null ? e.toString() : e.getMessage();
            throw RecipeAssembler.problem(
                    sources.main().position(), "read as " + format.id() + ", the numbers make no run: " + what);
        }
    }

    /**
     * A file as the tree of a recipe, over which options may be laid: what another program is configured with is resolved
     * first.
     *
     * @param scheduleGiven whether an option says the schedule: else the length of a run whose schedule is not known is left
     *     out, since nothing of the whole run could be said
     * @throws InputException if the file cannot be read, a number in it cannot be what it stands for, or its optimizer is
     *     not known
     */
    public static Node recipeTree(Path file, RunFacts facts, boolean scheduleGiven) {
        Node tree = TreeReader.read(file);
        if (!(tree instanceof Node.Mapping mapping)) {
            return tree;
        }
        String format = facts.format();
        boolean foreign = format == null ? foreign(mapping) : !format.equals(new WaneRecipe().id());
        return foreign ? asRecipe(mapping, facts, scheduleGiven) : tree;
    }

    private static boolean foreign(Node.Mapping mapping) {
        Lookup root = new Lookup(plain(mapping));
        return FORMATS.stream()
                .filter(format -> format.recognises(root))
                .findFirst()
                .filter(format -> !(format instanceof WaneRecipe))
                .isPresent();
    }

    /** As the program sees it: references followed, a logger's wrapping taken off. */
    private static Node.Mapping plain(Node.Mapping mapping) {
        return LoggedConfig.unwrapped(Interpolation.resolve(mapping));
    }

    private static Node asRecipe(Node.Mapping mapping, RunFacts facts, boolean scheduleGiven) {
        ResolvedConfig config = facts.resolve(mapping);
        Recipe recipe = config.recipe();
        if (recipe == null) {
            throw RecipeAssembler.problem(
                    mapping.position(),
                    "the optimizer '" + config.resolution().text("optimizer") + "' is not known to Wane");
        }
        String name = mapping.position().file() + " as a recipe.json";
        boolean open = scheduleGiven && recipe.length() == null;
        Recipe known = open ? recipe.but().length(length(config.resolution())).build() : recipe;
        return TreeReader.parse(name, Json.pretty(RecipeJson.of(known)));
    }

    private static @Nullable RunLength length(Resolution resolution) {
        Double steps = resolution.number("steps");
        Double epochs = resolution.number("epochs");
        return steps != null
                ? new RunLength.Steps((long) Math.max(1, Math.rint(steps)))
                : epochs == null ? null : new RunLength.Epochs(epochs);
    }

    private static InputException unknown(Sources sources, @Nullable String format) {
        if (format == null && AccelerateConfig.recognises(new Lookup(sources.main()))) {
            return RecipeAssembler.problem(
                    sources.main().position(),
                    "only launches a run (accelerate): give it by --with beside the trainer's file");
        }
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
