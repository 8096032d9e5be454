package dev.wane.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wane.formats.tree.Node;
import dev.wane.formats.tree.TreeReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvertCommandTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void convertPrintsTheContractsDocument() {
        assertThat(convert("torch", "adamw", "composer", "decoupled_adamw", "0.1", "--json"))
                .isZero();

        Node.Mapping root = (Node.Mapping) TreeReader.parse("o.json", out.toString());
        assertThat(root.entries()).containsOnlyKeys("version", "from", "to", "exact", "difference", "notes", "code");
        assertThat(out.toString()).contains("\"weightDecay\" : 1.0E-4", "\"exact\" : true", "weight_decay: 1.0E-4");
    }

    @ParameterizedTest
    @CsvSource({
        "keras, adamw, 'keras.optimizers.AdamW(learning_rate=0.001, weight_decay=0.1'",
        "optax, adamw, 'weight_decay=0.1, mask=decayed)'",
        "deepspeed, adamw, '\"weight_decay\" : 0.1'",
        "hf, adamw_torch, 'weight_decay: 0.1'",
        "megatron, adam, '--optimizer adam --lr 0.001 --weight-decay 0.1'",
        "timm, adamw, '--opt adamw --lr 0.001 --weight-decay 0.1'",
        "djl, adamw, '.optWeightDecays(0.1f)'",
        "dl4j, weight_decay, '.weightDecay(0.1)'",
        "bnb, adamw, 'no generator for bnb: set learning rate 0.001 and weight decay 0.1'"
    })
    void everyFrameworkHasItsForm(String framework, String optimizer, String code) {
        assertThat(convert("torch", "adamw", framework, optimizer, "0.1")).isZero();

        assertThat(out.toString()).contains(code, "The weight decay of torch adamw in " + framework);
    }

    @ParameterizedTest
    @CsvSource({
        "hf, adamw_torch, Trainer.get_optimizer_cls_and_kwargs(arguments)",
        "timm, adamw, 'create_optimizer_v2(model, opt=\"adamw\", lr=0.001, weight_decay=0.1, betas=(0.9, 0.999), eps=1.0E-8)'",
        "deepspeed, adamw, 'DeepSpeedCPUAdam(model.parameters(), lr=0.001, weight_decay=0.1, adamw_mode=True,'",
        "djl, adamw, 'optimizer.update(\"weight\", weight, gradient)'",
        "megatron, adam, 'torch.optim.AdamW(model.parameters(), lr=0.001, weight_decay=0.1,'"
    })
    void aTrainersConfigurationHasItsTestOfTenSteps(String framework, String optimizer, String built) {
        assertThat(convert("torch", "adamw", framework, optimizer, "0.1", "--emit", "test"))
                .isZero();

        assertThat(out.toString())
                .contains(built, "EXPECTED = ")
                .containsAnyOf("def test_ten_steps():", "public static void main(");
    }

    /** Of each optimizer, and no setting that it would refuse. */
    @ParameterizedTest
    @CsvSource({
        "optax, lion, deepspeed, lion, '\"type\" : \"Lion\"'",
        "optax, lamb, deepspeed, lamb, '\"type\" : \"Lamb\"'",
        "torch, adagrad, deepspeed, adagrad, '\"type\" : \"Adagrad\"'",
        "torch, sgd, timm, sgd, '--momentum 0.0 --opt-kwargs nesterov=False'",
        "torch, adamw, timm, adan, '--opt adan --lr 0.001 --weight-decay 0.1 --opt-eps'",
        "torch, adamw, torch, muon, 'momentum=0.95'",
        "torch, adamw, torch, muon, 'torch.optim.AdamW(groups, lr=0.001, betas=(0.9, 0.999), eps=1.0E-8)'"
    })
    void theFormIsTheOptimizersOwn(String from, String source, String framework, String optimizer, String code) {
        assertThat(convert(from, source, framework, optimizer, "0.1")).isZero();

        assertThat(out.toString()).contains(code);
    }

    @Test
    void aLionsTestBuildsALion() {
        assertThat(convert("optax", "lion", "deepspeed", "lion", "0.1", "--emit", "test"))
                .isZero();
        assertThat(convert("optax", "lion", "composer", "decoupled_lionw", "0.1", "--emit", "test"))
                .isZero();

        assertThat(out.toString())
                .contains("DeepSpeedCPULion(", "DecoupledLionW(")
                .doesNotContain("eps=");
    }

    @Test
    void thereIsNoTestWhereTenStepsDoNotAgree() {
        assertThat(convert("torch", "adamw", "timm", "lion", "0.1", "--emit", "test"))
                .isEqualTo(2);

        assertThat(err.toString()).contains("ten steps of the two do not agree: the update itself differs");
    }

    /** A penalty in the loss goes through the optimizer beside it, so its kind must match. */
    @Test
    void aPenaltyCanStandBesideAnyOptimizer() {
        assertThat(convert("torch", "adam", "keras", "adam", "0.1", "--to-regularizer", "l2"))
                .isZero();
        assertThat(convert("torch", "sgd", "keras", "sgd", "0.1", "--to-regularizer", "l2", "--json"))
                .isZero();
        assertThat(convert("torch", "adam", "djl", "adam", "0.1", "--to-regularizer", "l2_weight_decay"))
                .isZero();

        assertThat(out.toString())
                .contains("regularizer = keras.regularizers.L2(0.05)")
                .contains("optimizer = keras.optimizers.Adam(learning_rate=0.001, beta_1=0.9,")
                .contains("\"regularizer\" : \"l2\"", "\"weightDecay\" : 0.05", "\"exact\" : true")
                .contains("new L2WeightDecay(\"l2\", decayedParameters, 0.05f)")
                .doesNotContain("optWeightDecays");
        assertThat(convert("torch", "adamw", "keras", "adam", "0.1", "--to-regularizer", "l2"))
                .isEqualTo(2);
    }

    @Test
    void anotherFamilyHasItsOwnBetas() {
        assertThat(convert("torch", "adamw", "optax", "lion", "0.1", "--betas", "0.9,0.95"))
                .isZero();

        assertThat(out.toString()).contains("b1=0.9, b2=0.99,");
    }

    @Test
    void noEquivalentIsExitCodeTwoWithTheReason() {
        assertThat(convert("torch", "adam", "torch", "adamw", "0.1")).isEqualTo(2);

        assertThat(err.toString())
                .contains(
                        "torch adam has no decay per step, it adds λθ inside its preconditioner",
                        "no λ of torch adamw");
    }

    @Test
    void unknownTargetsNameTheNearest() {
        assertThat(convert("torch", "adamw", "kera", "adamw", "0.1")).isEqualTo(2);

        assertThat(err.toString()).contains("unknown framework 'kera'; did you mean 'keras'?");
    }

    /** The generated PyTorch code, run: parameter groups, optimizer and its ten steps against the reference. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "composer decoupled_adamw 1e-4 torch adamw",
                "big_vision adamw 1e-4 torch adamw",
                "keras adam 0.1 torch adamw",
                "djl adam 0.02 torch adam",
                "keras l2 0.01 torch sgd",
                "djl sgd 0.02 torch sgd"
            })
    void generatedTorchCodeMeetsItsTest(String conversion) throws Exception {
        Python.needsTorch();
        String[] words = conversion.split(" ");
        assertThat(convert(words[0], words[1], words[3], words[4], words[2], "--emit", "code"))
                .isZero();
        Path script = Files.writeString(folder.resolve("generated.py"), out.toString());

        assertThat(Python.run(script.toString())).isZero();
    }

    private int convert(
            String framework, String optimizer, String toFramework, String toOptimizer, String lambda, String... more) {
        String[] arguments = {
            "convert",
            "--framework",
            framework,
            "--optimizer",
            optimizer,
            "--lr",
            "1e-3",
            "--weight-decay",
            lambda,
            "--to-framework",
            toFramework,
            "--to-optimizer",
            toOptimizer
        };
        String[] all = new String[arguments.length + more.length];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return Wane.run(all, new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
