package model_test

import (
	"fmt"
	"time"

	"pou/model"
	"pou/model/day"
)

// The duty to notify runs for three days beginning with the day of service: served on Monday, it ends with Wednesday.
func ExampleOrder_NotifyBy() {
	order := &model.Order{
		Type: model.SPO, Made: day.Of(2026, time.November, 20), Served: time.Date(2026, time.November, 23, 10, 0, 0, 0, day.London()),
	}
	by, why, due := order.NotifyBy(&model.Person{})
	fmt.Println(due, by.Weekday(), by.Long())
	fmt.Println(why)
	// Output:
	// true Wednesday 25 Nov 2026
	// three days beginning with the day of service (SPA 2019 s.9(1)-(2))
}

// The registry knows every action, its fields and who may take it.
func ExampleFind() {
	spec, ok := model.Find("wanted.eliminate")
	if !ok {
		return
	}
	fmt.Println(spec.Title)
	for _, f := range spec.Fields {
		fmt.Println(f.Name, f.Type, f.Need)
	}
	fmt.Println(model.Can(&model.Officer{Name: "BLAKE", Rank: "PC", Roles: []model.Role{model.RoleOfficer}}, spec))
	// Output:
	// Eliminate from enquiries
	// wanted reference false
	// person reference false
	// reason long text true
	// to eliminate from enquiries takes one of these roles: Sergeant, Lead (DI). Ask one of them; you are PC Blake
}

// Reading a request makes the action, or says which field is wrong and what to do.
func ExampleSpec_Read() {
	spec, _ := model.Find("attempt.record")
	_, err := spec.Read(map[string]any{"person": "P-482", "outcome": "no reply"})
	fmt.Println(err)
	_, err = spec.Read(map[string]any{"person": "P-482", "outcome": "vanished"})
	if problem, ok := model.AsProblem(err); ok {
		fmt.Println(problem.Code, problem.Field)
		fmt.Println(problem.Rule)
		fmt.Println(problem.Do)
	}
	// Output:
	// <nil>
	// invalid outcome
	// "vanished" is not one of the choices for Outcome
	// Choose one: no-reply, refused, made-off, not-known, moved, seen, arrested, other
}
