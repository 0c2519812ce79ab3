import { expect, test } from "vitest";
import { compileExpression } from "../../shared/connectors/expressions/expression.ts";
import { loadRegistries } from "../../shared/crm/values/registries.ts";
import { patientBudget } from "../support/patient-budget.ts";

await loadRegistries();

const read = (form: object) =>
  compileExpression("$person($answers($))").evaluate(form, patientBudget());

test.each<[object, string, string]>([
  [{ Voornaam: "Jan", "Tussenvoegsel(s)": "van der", Achternaam: "Berg" }, "Jan", "van der Berg"],
  [{ Voornaam: "Jan", Tussenvoegsel: "", Achternaam: "Berg" }, "Jan", "Berg"],
  [{ Naam: "Jan van Berg", Tussenvoegsel: "van" }, "Jan", "van Berg"],
  [{ firstName: "An", lastNamePrefix: "De", lastName: "Vries" }, "An", "De Vries"],
  [{ Vorname: "Otto", Namenszusatz: "von", Nachname: "Stein" }, "Otto", "von Stein"],
  [{ Prénom: "Luc", Particule: "d’", Nom: "Arles" }, "Luc", "d’Arles"],
  [{ "First name": "Otto", "Middle name": "von", "Last name": "Stein" }, "Otto", "von Stein"],
  [{ name: { first: "Joe", middle: "van 't", last: "Hoff" } }, "Joe", "van 't Hoff"],
  [{ Nombre: "Ana", "Primer apellido": "Gil", "Segundo apellido": "Paz" }, "Ana", "Gil Paz"],
  [{ "Wie heißen Sie?": "Ana Gil" }, "Ana", "Gil"],
  [{ "Comment vous appelez-vous ?": "Luc Petit" }, "Luc", "Petit"],
  [{ "¿Cómo te llamas?": "Ana Gil" }, "Ana", "Gil"],
  [{ "Jak masz na imię?": "Ola Nowak" }, "Ola", "Nowak"],
  [{ "Как вас зовут?": "Иван Петров" }, "Иван", "Петров"],
  [{ "您怎么称呼？": "王 小明" }, "王", "小明"],
  [{ ФИО: "Петров Иван Сергеевич" }, "Иван", "Сергеевич Петров"],
  [{ ФИО: "Абрамович Анна Ильинична" }, "Анна", "Ильинична Абрамович"],
  [{ Имя: "Роман Ильич Абрамович" }, "Роман", "Ильич Абрамович"],
  [{ Nombre: "Ana", "Apellido paterno": "Gil", "Apellido materno": "Paz" }, "Ana", "Gil Paz"],
])("%j is one name, in two parts", async (form, first_name, last_name) => {
  expect(await read(form)).toEqual({ first_name, last_name });
});

test.each<[object, object]>([
  [{ "First name": "Ana", "Middle name": "Mia", "Last name": "Gil" }, {
    first_name: "Ana",
    last_name: "Gil",
    message: "Middle name: Mia",
  }],
  [{ Prénom: "Luc", "Deuxième prénom": "Marie", Nom: "Petit" }, {
    first_name: "Luc",
    last_name: "Petit",
    message: "Deuxième prénom: Marie",
  }],
  [{ Tussenvoegsel: "van", Voornaam: "Jan" }, {
    first_name: "Jan",
    message: "Tussenvoegsel: van",
  }],
])("what is no part of a last name is told: %j", async (form, person) => {
  expect(await read(form)).toEqual(person);
});
