package dev.wane.formats.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wane.decay.Timescale;
import dev.wane.explain.ExplainedGroup;
import dev.wane.formats.lint.LintedFile;
import dev.wane.formats.lint.Linter;
import dev.wane.formats.tree.Node;
import dev.wane.formats.tree.TreeReader;
import dev.wane.plan.Alternative;
import dev.wane.plan.Planner;
import dev.wane.recipe.LearningRateRule;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.Target;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a correct reader says of each family. */
class FamiliesTest {
    static Stream<String> rows() throws IOException {
        return Files.readAllLines(folder().resolve("families.csv")).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aFamilyIsReadCorrectly(String row) {
        String[] cells = Arrays.stream(row.split("\\|", -1)).map(String::strip).toArray(String[]::new);
        LintedFile linted = lint(cells[0], cells[1]);
        ResolvedConfig config = linted.config();

        assertThat(config.format()).isEqualTo(cells[2]);
        assertThat(
                        config.recipe() == null
                                ? "none"
                                : config.recipe().optimizer().toString())
                .isEqualTo(cells[3]);
        number(config, "learningRate", cells[4]);
        number(config, "weightDecay", cells[5]);
        number(config, "batchSize", cells[6]);
        number(config, "steps", cells[7]);
        assertThat(verdict(linted)).isEqualTo(cells[8]);
        assertThat(linted.findings().stream()
                        .map(placed -> placed.finding().rule())
                        .sorted()
                        .toList())
                .isEqualTo(Arrays.stream(cells[9].split(" ", -1))
                        .filter(rule -> !rule.isEmpty())
                        .sorted()
                        .toList());
    }

    /** GPT-NeoX 20B: τ is 6.9 runs; ImageNet at 256: two epochs, like the same at 4096. */
    @Test
    void timescalesAreThoseOfTheRealFiles() {
        assertThat(timescale("neox_20b.yml", "world=96").runFraction()).isCloseTo(6.873, within(1e-3));
        assertThat(timescale("mm/resnet50_8xb32_in1k.py", "").epochs()).isCloseTo(2.0, within(2e-3));
        assertThat(timescale("resnet50_tpu.yaml", "data=1281167").epochs()).isCloseTo(2.0, within(2e-3));
        assertThat(timescale("rcnn_fpn.yaml", "").steps()).isCloseTo(50_000, within(1.0));
        assertThat(timescale("vit_s16_i1k.py", "").steps()).isCloseTo(10_000, within(1e-6));
        assertThat(timescale("roberta.yaml", "").runFraction()).isCloseTo(1.6, within(1e-12));
        assertThat(timescale("muon_160m.yaml", "").steps()).isCloseTo(5000, within(1e-6));
        assertThat(timescale("gpt3_175b.sh", "").runFraction()).isCloseTo(1 / (6e-5 * 0.1 * 500_000), within(1e-12));
    }

    /** The same network at batch 4096 in another framework has the λ that constant timescale plans for it. */
    @Test
    void aPlanFromOneRealFileGivesTheOther() {
        Recipe small = Objects.requireNonNull(
                lint("mm/resnet50_8xb32_in1k.py", "").config().recipe());
        Recipe large = Objects.requireNonNull(
                lint("resnet50_tpu.yaml", "data=1281167").config().recipe());
        Alternative planned = Planner.plan(
                        small,
                        Target.change()
                                .batchSize(4096.0)
                                .learningRateRule(LearningRateRule.LINEAR)
                                .build())
                .recommended()
                .orElseThrow();

        assertThat(planned.law().id()).isEqualTo("constant-timescale");
        assertThat(planned.learningRate()).isCloseTo(Objects.requireNonNull(large.learningRate()), within(1e-15));
        assertThat(planned.weightDecay()).isEqualTo(large.weightDecay());
    }

    private static Timescale timescale(String file, String options) {
        return lint(file, options).groups().getFirst().timescale();
    }

    private static String verdict(LintedFile linted) {
        List<ExplainedGroup> groups = linted.groups();
        return groups.isEmpty() ? "none" : groups.getFirst().verdict().name().toLowerCase(Locale.ROOT);
    }

    private static void number(ResolvedConfig config, String name, String expected) {
        Double actual = config.resolution().number(name);
        if (expected.equals("?")) {
            assertThat(actual).as(name).isNull();
        } else {
            assertThat(actual).as(name).isCloseTo(Double.parseDouble(expected), within(1e-12));
        }
    }

    static LintedFile lint(String file, String options) {
        Node.Mapping main = mapping(file);
        List<Node.Mapping> beside =
                option(options, "with") == null ? List.of() : List.of(mapping(option(options, "with")));
        String world = option(options, "world");
        String data = option(options, "data");
        return Linter.lint(
                file,
                ConfigReader.read(
                        new Sources(
                                main,
                                beside,
                                world == null ? null : Long.valueOf(world),
                                data == null ? null : Double.valueOf(data)),
                        null));
    }

    private static @Nullable String option(String options, String name) {
        return Arrays.stream(options.split(" ", -1))
                .filter(option -> option.startsWith(name + "="))
                .map(option -> option.substring(name.length() + 1))
                .findFirst()
                .orElse(null);
    }

    private static Node.Mapping mapping(String file) {
        return (Node.Mapping) TreeReader.read(folder().resolve(file));
    }

    static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(FamiliesTest.class.getResource("families.csv"))
                            .toURI())
                    .getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
