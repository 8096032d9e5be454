package dev.wane.formats.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wane.formats.tree.Node;
import dev.wane.formats.tree.TreeReader;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DefaultsTest {
    private static final Path FILES = Path.of("src/main/resources/dev/wane/formats/config/defaults");

    static Stream<Path> files() throws IOException {
        return Files.list(FILES).sorted();
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyFileSaysItsProgramAndItsSource(Path file) {
        Lookup root = new Lookup(TreeReader.mapping(file));
        String id = file.getFileName().toString().replace(".yaml", "");
        assertThat(root.textOr("", "program")).isNotEmpty();
        assertThat(root.textOr("", "source")).isNotEmpty();
        assertThat(Defaults.programs()).contains(root.textOr(id, "package"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void spansFollowEachOtherWithoutAGap(Path file) {
        Lookup root = new Lookup(TreeReader.mapping(file));
        root.section("defaults").orElseThrow().root().entries().values().stream()
                .map(Node.Entry::value)
                .filter(Node.Sequence.class::isInstance)
                .map(node -> ((Node.Sequence) node)
                        .items().stream().map(VersionSpan::of).toList())
                .forEach(DefaultsTest::follow);
    }

    private static void follow(List<VersionSpan> spans) {
        assertThat(spans.getFirst().from()).isNull();
        assertThat(spans.getLast().before()).isNull();
        for (int i = 1; i < spans.size(); i++) {
            assertThat(spans.get(i).from()).isEqualTo(spans.get(i - 1).before());
        }
    }

    @Test
    void everyProgramHasAFile() throws IOException {
        assertThat(files().map(file -> file.getFileName().toString().replace(".yaml", "")))
                .containsAll(Defaults.programs());
    }

    @Test
    void theNewestVersionCountsAndTheOthersAreSaid() {
        Quantity weightDecay = of("timm", "opt: adamw", Map.of()).quantity("weightDecay");
        assertThat(weightDecay.value()).isEqualTo(2e-5);
        assertThat(weightDecay.origin().text())
                .isEqualTo(
                        "default of timm's train.py since 0.5.4 (1e-4 before 0.5.4; --version-of timm=VERSION decides)");
    }

    @Test
    void aVersionThatIsGivenDecides() {
        Quantity old = of("timm", "opt: adamw", Map.of("timm", Version.parse("0.4.12")))
                .quantity("weightDecay");
        assertThat(old.value()).isEqualTo(1e-4);
        assertThat(old.origin().text()).isEqualTo("default of timm's train.py 0.4.12 before 0.5.4");
        assertThat(of("timm", "opt: adamw", Map.of("timm", Version.parse("0.5.4")))
                        .quantity("weightDecay")
                        .value())
                .isEqualTo(2e-5);
    }

    @Test
    void aKeyThatOnlySomeVersionsKnowDecidesToo() {
        Quantity old = of("litgpt", "train: {beta2: 0.95}", Map.of()).quantity("weightDecay");
        assertThat(old.value()).isEqualTo(0.02);
        assertThat(old.origin().text()).isEqualTo("default of litgpt before 0.4.0");
        assertThat(of("litgpt", "optimizer: AdamW", Map.of())
                        .quantity("weightDecay")
                        .value())
                .isEqualTo(0.01);
    }

    @Test
    void whatIsTheSameInEveryVersionHasNone() {
        Quantity rate = of("transformers", "optim: adamw_torch", Map.of()).quantity("learningRate");
        assertThat(rate.value()).isEqualTo(5e-5);
        assertThat(rate.origin().text()).isEqualTo("default of TrainingArguments");
    }

    private static Defaults of(String id, String text, Map<String, Version> versions) {
        Node.Mapping file = (Node.Mapping) TreeReader.parse("train.yaml", text);
        return Defaults.of(id, new Sources(file, List.of(), null, null, versions));
    }
}
